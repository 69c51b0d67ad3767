// What the page says: its texts, each with its lines, its marks and its changes. The page is read by XML readers too,
// so there is no ampersand and no less-than sign in any script here.

function byId(id) { return document.getElementById(id); }
function all(within, selector) { return Array.from(within.querySelectorAll(selector)); }
function words(text) { return text ? text.split(" ") : []; }

// Makes an element with words in it.
function make(tag, className, text) {
  var element = document.createElement(tag);
  if (className) { element.className = className; }
  if (text) { element.textContent = text; }
  return element;
}

function isNew(state) { return state === "inserted" || state === "moved-to"; }
function isGone(state) { return state === "deleted" || state === "moved-from"; }

function readText(article) {
  var data = JSON.parse(byId("data-" + article.id).textContent);
  var prefix = article.id === "tekst" ? "" : article.id.slice("tekst-".length) + "-";
  var text = {
    article: article,
    layer: article.dataset.layer || "",
    prefix: prefix,
    columns: data.columns,
    clauses: data.clauses,
    changes: data.changes,
    byKey: new Map(),
    lines: [],
    overview: byId(prefix + "aendringer"),
    table: null
  };
  data.changes.forEach(function (change) {
    change.line = null;
    text.byKey.set(change.key, change);
  });
  all(article, ".line").forEach(function (element) {
    var line = {
      element: element,
      row: null,
      state: element.dataset.state,
      later: element.dataset.later || "",
      keys: words(element.dataset.changes),
      marks: element.dataset.changes ? all(element, "[data-change]") : [],
      numbers: element.dataset.changes ? all(element, ".margin a") : []
    };
    text.lines.push(line);
    line.keys.forEach(function (key) {
      var change = text.byKey.get(key);
      if (!change) { return; }
      // A move is met where it arrives; everything else where it first shows.
      var arrives = [line.state, line.later].includes("moved-to");
      if (change.line === null) { change.line = line; change.arrives = arrives; }
      if (change.code === "move") {
        if (arrives) { if (!change.arrives) { change.line = line; change.arrives = true; } }
      }
    });
  });
  text.entries = all(text.overview, "[data-changes]").map(function (element) {
    return { element: element, keys: words(element.dataset.changes) };
  });
  return text;
}
