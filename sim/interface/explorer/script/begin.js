// What this page carries with it is its source of cells. A page that is served live hands over another.

const about = JSON.parse(document.getElementById("about").textContent);
window.protestlaw = { about, inflate, packedSource, settled, pointsOf, paired, wordsOf, start };
if (about.data) {
  const source = packedSource(about.data, document.getElementById("cells").textContent.trim());
  window.protestlaw.source = source;
  window.protestlaw.page = start(about, source);
}
