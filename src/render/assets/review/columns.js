// Side by side: the texts in columns, row by row, made of the lines of the marked text as they are filtered.

// Says in which columns a line stands.
function columnsOf(line, three) {
  var before = !(isNew(line.state) || isNew(line.later));
  var after = !(isGone(line.state) || isGone(line.later));
  return three ? [before, !(isGone(line.state) || isNew(line.later)), after] : [before, after];
}

// Says what a mark does in a column: "marked", "plain" or nothing.
function inColumn(mark, column, three) {
  var inserts = mark.tagName === "INS";
  if (!three) { return inserts === (column === 1) ? "marked" : ""; }
  var layer = mark.dataset.layer;
  if (layer === "1 2") { return column === 1 ? "marked" : ""; }
  if (layer === "2") { return (inserts ? ["", "", "marked"] : ["plain", "marked", ""])[column]; }
  return (inserts ? ["", "marked", "plain"] : ["marked", "", ""])[column];
}

function cell(line, column, three, heading) {
  var copy = make(heading ? line.element.tagName : "div", line.element.className);
  copy.dataset.kind = line.element.dataset.kind;
  copy.dataset.state = line.state;
  Array.from(line.element.childNodes).forEach(function (child) {
    if (!(child.className || "").includes("margin")) { copy.append(child.cloneNode(true)); }
  });
  all(copy, "[data-change]").forEach(function (mark) {
    // What is filtered out is carried out: gone from both columns, or in both.
    if (mark.classList.contains("off")) { if (mark.tagName === "DEL") { mark.remove(); } return; }
    var role = inColumn(mark, column, three);
    if (role === "") { mark.remove(); }
    if (role === "plain") { mark.classList.add("plain"); mark.querySelector(".sr").remove(); }
  });
  return copy;
}

function makeTable(text) {
  var three = text.columns.length === 3;
  var table = make("table", "columns");
  table.append(make("caption", "sr", text.article.querySelector("h2").textContent + ", side om side"));
  var head = make("tr");
  var numbers = make("th", "numbers");
  numbers.scope = "col";
  numbers.append(make("span", "sr", "Ændring"));
  head.append(numbers);
  text.columns.forEach(function (name) {
    var column = make("th", "", name);
    column.scope = "col";
    head.append(column);
  });
  var thead = make("thead");
  thead.append(head);
  var body = make("tbody");
  text.lines.forEach(function (line) {
    line.row = null;
    if (line.hidden) { return; }
    var row = make("tr");
    var off = line.element.classList.contains("off");
    var margin = make("td", "numbers");
    var own = off ? null : line.element.querySelector(".margin");
    if (own) { margin.append(own.cloneNode(true)); }
    row.append(margin);
    var columns = off ? text.columns.map(function () { return true; }) : columnsOf(line, three);
    columns.forEach(function (stands, column) {
      var td = make("td", stands ? "" : "none");
      var last = columns.lastIndexOf(true) === column;
      if (stands) { td.append(cell(line, column, three, last)); }
      row.append(td);
    });
    line.row = row;
    body.append(row);
  });
  table.append(thead, body);
  return table;
}

function lay(text, side) {
  if (text.table) { text.table.remove(); text.table = null; }
  text.lines.forEach(function (line) { line.row = null; });
  text.article.classList.toggle("side", side);
  if (side) {
    text.table = makeTable(text);
    text.article.append(text.table);
  }
}
