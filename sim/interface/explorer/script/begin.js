// Cells that this page carries with it are its source. A page without any asks the server that it came from.

const about = JSON.parse(document.getElementById("about").textContent);
window.protestlaw = { about, inflate, packedSource, settled, pointsOf, paired, wordsOf, numberFor, carried, served, start };
if (about.data) {
  window.protestlaw.source = packedSource(about.data, document.getElementById("cells").textContent.trim());
  window.protestlaw.page = start(about, carried(about, window.protestlaw.source));
} else if (about.live) window.protestlaw.page = start(about, served(about));
