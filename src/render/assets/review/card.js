// The card beneath a line: what is changed, why, on what clause, by what rule, and from when.

var card = null;

function closeCard(back) {
  if (!card) { return; }
  var from = card.from;
  card.holder.remove();
  card = null;
  if (back) { from.focus({ preventScroll: true }); }
}

// Says where something stood and stands; what is the same is said once.
function route(change) {
  if (change.old === change.new) { return change.new; }
  return [change.old, change.new].filter(Boolean).join(" → ");
}

function openCard(text, change, line, from) {
  closeCard(false);
  var box = make("aside", "card");
  box.tabIndex = -1;
  var title = make("p", "title", "Ændring " + change.key + ": " + change.kind);
  title.id = "kort-titel";
  box.setAttribute("aria-labelledby", title.id);
  var list = make("dl");
  function tell(name, parts) {
    if (parts.length === 0) { return; }
    var told = make("dd");
    parts.forEach(function (part) {
      var p = make("p");
      p.append(typeof part === "string" ? document.createTextNode(part) : part);
      told.append(p);
    });
    list.append(make("dt", "", name), told);
  }
  tell("Sted", [route(change)].filter(Boolean));
  tell("Ordlyd", [change.words].filter(Boolean));
  tell("Hvorfor", [change.why].filter(Boolean));
  tell("Grundlag", change.clauses.map(function (i) { return pair("strong", text.clauses[i].id, text.clauses[i].text); }));
  tell("Virkning", [change.effect].filter(Boolean));
  tell("Udvalg", change.committees.length > 0 ? [change.committees.join(", ")] : []);
  tell("Regel", change.rules.map(function (rule) { return pair("code", rule.id, rule.path); }));
  if (change.rules.length + change.clauses.length + change.why.length === 0) {
    tell("Hvorfor", ["Teksterne er sammenlignet uden regler, så grunden er ikke kendt."]);
  }
  box.append(title, list, actions(text, change));

  var holder = box;
  if (line.row) {
    holder = make("tr");
    var td = make("td");
    td.colSpan = text.columns.length + 1;
    td.append(box);
    holder.append(td);
  }
  (line.row || line.element).after(holder);
  card = { box: box, holder: holder, from: from, key: change.key };
}

function pair(tag, strong, plain) {
  var both = document.createDocumentFragment();
  both.append(make(tag, "", strong), " " + plain);
  return both;
}

function actions(text, change) {
  var row = make("p", "actions");
  var close = make("button", "", "Luk");
  close.type = "button";
  close.addEventListener("click", function () { closeCard(true); });
  row.append(close);
  var entry = byId(text.prefix + "aendring-" + change.key);
  if (entry) {
    var show = make("button", "", "Vis i oversigten");
    show.type = "button";
    show.addEventListener("click", function () { closeCard(false); reveal(entry); });
    row.append(show);
  }
  if (text.prefix === "") {
    if (document.querySelector("nav a[href='sporbarhed.html']")) {
      var trace = make("a", "", "Se alle ordene i sporbarheden");
      trace.href = "sporbarhed.html#aendring-" + change.key;
      row.append(trace);
    }
  }
  return row;
}

// Shows an element of the page, opening what it lies in, and moves there.
function reveal(element) {
  var details = element.closest("details");
  if (details) { details.open = true; }
  element.tabIndex = -1;
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}
