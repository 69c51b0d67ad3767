// Filters: which changes are shown. They combine; a change that is not shown is shown as carried out.

var KINDS = {
  indhold: function (change) { return change.class === "substance"; },
  flyttet: function (change) { return ["move", "split", "merge"].includes(change.code); },
  nyt: function (change) { return change.code === "insert"; },
  udgaar: function (change) { return change.code === "delete"; },
  ordlyd: function (change) { return change.code === "edit"; },
  navne: function (change) { return change.class === "renaming"; },
  foelge: follows,
  forslag: function (change) { return change.key.startsWith("Æ"); }
};

function follows(change) { return ["renumbering", "reference", "punctuation"].includes(change.class); }

function isShown(change, state) {
  var kind = KINDS[state.slags];
  return [
    state.forvaltning === "alle" || change.administrations.includes(state.forvaltning),
    state.omraade === "alle" || change.areas.includes(state.omraade),
    !kind || kind(change),
    !state["uden-foelge"] || !follows(change),
    !state["uden-navne"] || change.class !== "renaming"
  ].every(Boolean);
}

function isFiltered(state) {
  return ["forvaltning", "omraade", "slags", "uden-foelge", "uden-navne", "kun"].some(function (name) {
    return state[name] !== DEFAULTS[name];
  });
}

// How deep a line stands: a line leads to those after it that stand deeper.
var DEPTHS = { title: 0, preamble: 3, chapter: 1, heading: 2, subsection: 4, text: 5, point: 5, letter: 6 };
function depth(line) {
  return line.element.querySelector(".label.par") ? 3 : DEPTHS[line.element.dataset.kind];
}

function filter(text, state) {
  var shown = new Set();
  text.changes.forEach(function (change) { if (isShown(change, state)) { shown.add(change.key); } });
  text.shown = text.changes.filter(function (change) { return shown.has(change.key); });

  // From the end, so that a line knows whether it leads to one that stays.
  var below = [];
  text.lines.slice().reverse().forEach(function (line) {
    var hit = line.keys.some(function (key) { return shown.has(key); });
    var off = line.keys.length > 0 ? !hit : false;
    line.element.classList.toggle("off", off);
    line.marks.forEach(function (mark) { mark.classList.toggle("off", !shown.has(mark.dataset.change)); });
    line.numbers.forEach(function (number) { number.hidden = !shown.has(number.dataset.key); });
    var gone = isGone(line.state) || isGone(line.later);
    line.hidden = off ? gone : false;
    if (state.kun) {
      var own = depth(line);
      if (!hit) { line.hidden = !below.some(function (other) { return other > own; }); }
      if (off) { if (gone) { line.hidden = true; } }
      below = below.filter(function (other) { return own > other; });
      if (!line.hidden) { below.push(own); }
    }
    line.element.hidden = line.hidden;
  });
  all(text.article, "section").reverse().forEach(function (section) {
    section.hidden = !Array.from(section.children).some(function (child) { return !child.hidden; });
  });

  text.entries.forEach(function (entry) {
    entry.element.hidden = !entry.keys.some(function (key) { return shown.has(key); });
  });
  all(text.overview, ".group, .groups").reverse().forEach(function (group) {
    group.hidden = !group.querySelector("[data-changes]:not([hidden])");
  });
  var administrations = byId(text.prefix + "forvaltninger");
  if (administrations) {
    all(administrations, "tr[data-administration]").forEach(function (row) {
      row.hidden = state.forvaltning !== "alle" ? row.dataset.administration !== state.forvaltning : false;
    });
  }
}

function told(text) {
  var n = text.changes.length;
  if (n === 0) { return "Ingen ændringer."; }
  if (text.shown.length === n) { return n === 1 ? "Viser den ene ændring." : "Viser alle " + n + " ændringer."; }
  return "Viser " + text.shown.length + " af " + n + (n === 1 ? " ændring." : " ændringer.");
}
