// The list of changes beside the text: one line each, with the one the reader is at.

function makeList(choose) {
  var nav = make("nav", "liste");
  nav.id = "liste";
  nav.setAttribute("aria-label", "Liste over ændringer");
  nav.tabIndex = -1;
  nav.hidden = true;
  byId("visning").after(nav);
  var links = new Map();
  var shownFor = null;

  function fill(text) {
    shownFor = text;
    links.clear();
    var list = make("ol");
    text.changes.forEach(function (change) {
      var link = make("a");
      link.href = "#" + text.prefix + "aendring-" + change.key;
      var told = make("span", "", change.kind + ": ");
      told.append(route(change));
      link.append(make("span", "nr", change.key), told);
      link.addEventListener("click", function (event) {
        event.preventDefault();
        event.stopPropagation();
        choose(change);
      });
      var item = make("li");
      item.append(link);
      list.append(item);
      links.set(change.key, link);
    });
    nav.replaceChildren(make("h2", "", "Ændringer"), list);
  }

  return {
    nav: nav,
    update: function (text) {
      if (nav.hidden) { return; }
      if (shownFor !== text) { fill(text); }
      var shown = new Set(text.shown);
      text.changes.forEach(function (change) { links.get(change.key).parentNode.hidden = !shown.has(change); });
    },
    mark: function (key) {
      links.forEach(function (link) { link.removeAttribute("aria-current"); });
      var link = links.get(key);
      if (!link) { return; }
      link.setAttribute("aria-current", "true");
      // Only the list itself scrolls here, never the page.
      nav.scrollTop = link.offsetTop - nav.clientHeight / 2;
    }
  };
}
