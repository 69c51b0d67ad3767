// What the reader has chosen. It is kept in the address, so that the address can be sent to somebody else:
// #aendring-12;forvaltning=kultur;slags=flyttet;opstilling=side

var DEFAULTS = {
  lag: "gaeldende", opstilling: "tekst", forvaltning: "alle", omraade: "alle", slags: "alle",
  "uden-foelge": "", "uden-navne": "", kun: ""
};

function readHash() {
  var state = Object.assign({ at: "" }, DEFAULTS);
  location.hash.slice(1).split(";").forEach(function (part, i) {
    var cut = part.indexOf("=");
    if (cut === -1) { if (i === 0) { state.at = decoded(part); } return; }
    var name = part.slice(0, cut);
    if (Object.hasOwn(DEFAULTS, name)) { state[name] = decoded(part.slice(cut + 1)); }
  });
  return state;
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch (broken) { return text; }
}

function writeHash(state, isNewPlace) {
  var parts = [encodeURIComponent(state.at)];
  Object.keys(DEFAULTS).forEach(function (name) {
    if (state[name] !== DEFAULTS[name]) { parts.push(name + "=" + encodeURIComponent(state[name])); }
  });
  var hash = "#" + parts.join(";");
  if (hash === "#") { hash = location.pathname + location.search; }
  try {
    if (isNewPlace) { history.pushState(null, "", hash); } else { history.replaceState(null, "", hash); }
  } catch (refused) {
    // Some browsers do not let a page from disk write its address; the page works without.
  }
}

// What the reader wants in every document, such as dark or light.
function remembered(name) {
  try { return localStorage.getItem("vedtaegt-" + name) || ""; } catch (refused) { return ""; }
}
function remember(name, value) {
  try { localStorage.setItem("vedtaegt-" + name, value); } catch (refused) { return; }
}
