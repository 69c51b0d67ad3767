
(function () {
  "use strict";
  var controls = document.querySelector(".controls");
  if (!controls) { return; }
  controls.hidden = false;
  var lines = Array.from(document.querySelectorAll("#tekst .line"));
  var select = document.getElementById("vis-forvaltning");
  var quiet = document.getElementById("skjul-foelge");
  var status = document.getElementById("status");
  var at = -1;

  function touches(line, wanted) {
    return (line.dataset.administrations || "").split(" ").includes(wanted);
  }
  // A line stays when it touches the administration, or when it leads to one that does: its nr., stk., § or chapter.
  var depths = { title: 0, chapter: 1, heading: 2, subsection: 4, point: 5, letter: 6 };
  function depth(line) {
    return line.querySelector(".label.par") ? 3 : depths[line.dataset.kind];
  }
  function filter() {
    var wanted = select ? select.value : "alle";
    var below = [];
    lines.slice().reverse().forEach(function (line) {
      var d = depth(line);
      var hit = wanted === "alle" ? true : touches(line, wanted);
      var leads = below.some(function (k) { return k > d; });
      line.hidden = !(hit ? true : leads);
      if (d === undefined) { return; }
      below = below.filter(function (k) { return !(k > d); });
      if (!line.hidden) { below.push(d); }
    });
    var shown = stops().length;
    status.textContent = wanted === "alle" ? "" : shown + (shown === 1 ? " ændret linje" : " ændrede linjer");
    at = -1;
  }
  function stops() {
    return lines.filter(function (line) {
      if (line.hidden) { return false; }
      if (!line.classList.contains("marked")) { return false; }
      if (quiet.checked) { if (line.classList.contains("follows")) { return false; } }
      var wanted = select ? select.value : "alle";
      return wanted === "alle" ? true : touches(line, wanted);
    });
  }
  function go(step) {
    var all = stops();
    if (all.length === 0) { return; }
    at = (at + step + all.length) % all.length;
    if (at === -1) { at = 0; }
    var line = all[at];
    document.querySelectorAll(".current").forEach(function (l) { l.classList.remove("current"); });
    line.classList.add("current");
    line.scrollIntoView({ block: "center" });
    status.textContent = (at + 1) + " af " + all.length;
  }
  if (select) { select.addEventListener("change", filter); }
  quiet.addEventListener("change", function () {
    document.body.classList.toggle("quiet", quiet.checked);
    at = -1;
  });
  document.getElementById("naeste").addEventListener("click", function () { go(1); });
  document.getElementById("forrige").addEventListener("click", function () { go(-1); });
  document.addEventListener("keydown", function (event) {
    if (event.target.closest("select, input, button, a")) { return; }
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "n") { go(1); }
    if (event.key === "p") { go(-1); }
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
  controls.addEventListener("submit", function (event) { event.preventDefault(); });
})();
