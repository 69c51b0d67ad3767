// One flow: the state says what is shown; every choice changes the state, then shows it.

var texts = all(document, "main > article").map(readText);
var form = byId("visning");
var status = byId("status");
var state = readHash();
var text = texts[0];
var current = null;
// The line the reader is at; a change can show in several.
var spot = null;
var list = makeList(function (change) { go(change, false); });

function choice(name) { return byId(name); }

// Brings the controls in line with the state; a value nobody knows becomes the default.
function fillControls() {
  ["lag", "forvaltning", "omraade", "slags"].forEach(function (name) {
    var select = choice(name);
    var known = select ? Array.from(select.options).some(function (option) { return option.value === state[name]; }) : false;
    if (!known) { state[name] = DEFAULTS[name]; }
    if (select) { select.value = state[name]; }
  });
  ["uden-foelge", "uden-navne", "kun"].forEach(function (name) { choice(name).checked = state[name] === "1"; });
  byId("opstilling-side").checked = state.opstilling === "side";
  byId("opstilling-tekst").checked = state.opstilling !== "side";
}

function show() {
  closeCard(false);
  fillControls();
  text = texts.find(function (other) { return other.layer === state.lag; }) || texts[0];
  all(document, "main > [data-layer]").forEach(function (part) {
    part.hidden = part.dataset.layer !== text.layer;
  });
  filter(text, state);
  var side = state.opstilling === "side";
  document.body.classList.toggle("side", side);
  lay(text, side);
  list.update(text);
  byId("talt").textContent = told(text);
  byId("udskrift").textContent = "Udskriften er et uddrag. " + told(text) + (state.kun ? " Kun berørte bestemmelser er med." : "");
  byId("udskrift").hidden = !isFiltered(state);
  byId("filter-knap").setAttribute("aria-pressed", String(isFiltered(state)));
  setCurrent(null, null);
}

// Returns what shows a line: itself, or its row where the texts stand side by side.
function shownAs(line) { return line.row || line.element; }

function setCurrent(change, line) {
  all(document, ".current, .now").forEach(function (element) { element.classList.remove("current", "now"); });
  current = change;
  spot = line;
  list.mark(change ? change.key : "");
  if (!change) { status.textContent = ""; return; }
  shownAs(line).classList.add("current");
  all(text.article, "[data-change='" + change.key + "']").forEach(function (mark) { mark.classList.add("now"); });
  var at = text.shown.indexOf(change) + 1;
  status.textContent = at + " af " + text.shown.length + ": ændring " + change.key + ", " + change.kind + ", " + route(change);
}

// Moves to a change, where it is met or at another of its lines; with `why` its card is opened too.
function go(change, why, at, from) {
  var line = at || change.line;
  if (!line) { return; }
  if (!text.shown.includes(change) || line.hidden) { reset(); }
  setCurrent(change, line);
  var place = shownAs(line);
  if (why) { openCard(text, change, line, from || place); } else { closeCard(false); }
  place.tabIndex = -1;
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
  state.at = text.prefix + "aendring-" + change.key;
  writeHash(state, false);
}

function step(by) {
  var n = text.shown.length;
  if (n === 0) { status.textContent = "Ingen ændringer at gå til."; return; }
  var at = current ? text.shown.indexOf(current) : -1;
  var next = at === -1 ? (by > 0 ? 0 : n - 1) : (at + by + n) % n;
  go(text.shown[next], false);
}

function choose(name, value) {
  state[name] = value;
  if (name === "lag") { state.at = ""; }
  show();
  writeHash(state, false);
}

function reset() {
  ["forvaltning", "omraade", "slags", "uden-foelge", "uden-navne", "kun"].forEach(function (name) {
    state[name] = DEFAULTS[name];
  });
  show();
  writeHash(state, false);
}

// Goes where an address says: a change of one of the texts, or any other name in the page.
function arrive() {
  if (state.at === "") { return; }
  var owner = texts.find(function (other) { return other.byKey.has(keyOf(other, state.at)); });
  if (owner) {
    if (owner !== text) { state.lag = owner.layer; show(); }
    go(owner.byKey.get(keyOf(owner, state.at)), true);
    return;
  }
  var target = byId(state.at);
  if (!target) { return; }
  var part = target.closest("main > [data-layer]");
  if (part) { if (part.hidden) { state.lag = part.dataset.layer; show(); } }
  if (target.closest("[hidden]")) { reset(); }
  var line = text.lines.find(function (other) { return other.element === target || target.contains(other.element); });
  reveal(line ? line.row || target : target);
  writeHash(state, false);
}

function keyOf(other, name) {
  var lead = other.prefix + "aendring-";
  return name.startsWith(lead) ? name.slice(lead.length) : "";
}

form.addEventListener("submit", function (event) { event.preventDefault(); });
form.addEventListener("change", function (event) {
  var control = event.target;
  if (control.type === "radio") { choose("opstilling", control.value); return; }
  choose(control.id, control.type === "checkbox" ? (control.checked ? "1" : "") : control.value);
});
byId("naeste").addEventListener("click", function () { step(1); });
byId("forrige").addEventListener("click", function () { step(-1); });
byId("nulstil").addEventListener("click", reset);

// What opens and closes.
function opens(button, panel, set) {
  button.setAttribute("aria-expanded", String(!panel.hidden));
  button.setAttribute("aria-controls", panel.id);
  return function (open) {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (set) { set(open); }
  };
}
var openFilters = opens(byId("filter-knap"), byId("filtre"));
var openList = opens(byId("liste-knap"), list.nav, function (open) {
  document.body.classList.toggle("listed", open);
  list.update(text);
  list.mark(current ? current.key : "");
});
byId("filter-knap").addEventListener("click", function () { openFilters(byId("filtre").hidden); });
byId("liste-knap").addEventListener("click", function () { openList(list.nav.hidden); });

// Dark or light: as the system says, until the reader says otherwise.
var dark = matchMedia("(prefers-color-scheme: dark)");
function isDark() {
  var theme = document.documentElement.dataset.theme;
  return theme ? theme === "dark" : dark.matches;
}
function paint(theme) {
  if (theme) { document.documentElement.dataset.theme = theme; }
  byId("tema").textContent = isDark() ? "Lys" : "Mørk";
}
byId("tema").addEventListener("click", function () {
  var theme = isDark() ? "light" : "dark";
  remember("tema", theme);
  paint(theme);
});
dark.addEventListener("change", function () { paint(""); });

// Help, and whether keys do anything.
var help = byId("hjaelp");
byId("hjaelp-knap").addEventListener("click", function () { help.showModal(); });
byId("luk-hjaelp").addEventListener("click", function () { help.close(); });
byId("taster").checked = remembered("taster") !== "nej";
byId("taster").addEventListener("change", function () { remember("taster", byId("taster").checked ? "" : "nej"); });

var KEYS = {
  n: function () { step(1); },
  j: function () { step(1); },
  p: function () { step(-1); },
  k: function () { step(-1); },
  s: function () { choose("opstilling", state.opstilling === "side" ? "tekst" : "side"); },
  f: function () { openFilters(true); byId("filtre").querySelector("select, input").focus(); },
  l: function () { openList(list.nav.hidden); if (!list.nav.hidden) { list.nav.focus(); } },
  "?": function () { help.showModal(); }
};

document.addEventListener("keydown", function (event) {
  if (event.ctrlKey || event.metaKey || event.altKey) { return; }
  if (help.open) { return; }
  if (event.key === "Escape") { if (card) { closeCard(true); } else { openFilters(false); } return; }
  if (event.target.closest("select, textarea, input[type='text']")) { return; }
  if (event.key === "Enter") {
    if (current) {
      if (event.target === shownAs(spot)) {
        event.preventDefault();
        go(current, true, spot);
        card.box.focus({ preventScroll: true });
      }
    }
    return;
  }
  if (!byId("taster").checked) { return; }
  var act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
  if (act) { event.preventDefault(); act(); }
});

// A number or a mark opens the card; any other link within the page moves there and keeps what was chosen.
document.addEventListener("click", function (event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
  var number = event.target.closest(".margin a");
  var mark = event.target.closest("article [data-change]");
  var link = event.target.closest("a[href^='#']");
  var key = number ? number.dataset.key : (mark ? mark.dataset.change : "");
  var change = key ? text.byKey.get(key) : null;
  if (change) {
    event.preventDefault();
    if (card) { if (card.key === key) { closeCard(true); return; } }
    // The card opens where the reader is, which for a move can be its other end.
    var here = text.lines.find(function (line) { return shownAs(line).contains(event.target); });
    go(change, true, here, number);
    card.box.focus({ preventScroll: true });
    return;
  }
  if (!link) { return; }
  event.preventDefault();
  state.at = decoded(link.getAttribute("href").slice(1));
  writeHash(state, true);
  var met = link.dataset.key ? text.byKey.get(link.dataset.key) : null;
  if (met) { go(met, false); return; }
  arrive();
});

window.addEventListener("popstate", function () { state = readHash(); show(); arrive(); });

// On paper everything that can be opened is open.
var opened = [];
window.addEventListener("beforeprint", function () {
  opened = all(document, "main details:not([open])");
  opened.forEach(function (details) { details.open = true; });
});
window.addEventListener("afterprint", function () {
  opened.forEach(function (details) { details.open = false; });
});

var note = make("p");
note.id = "udskrift";
document.querySelector("main").prepend(note);
form.hidden = false;
paint(remembered("tema"));
show();
if (text.changes.length > 0) { openList(matchMedia("(min-width: 74rem)").matches); }
// The browser goes to the name in the address by itself when the page is loaded; the last word is ours.
if (document.readyState === "complete") { arrive(); } else { window.addEventListener("load", function () { setTimeout(arrive, 0); }); }
