// Pictures as SVG: the parts that several of them share.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function picture(width, height, title) {
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  const hatch = drawn("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    drawn("rect", { width: 6, height: 6, class: "b-fill" }), drawn("line", { y2: 6, class: "hatch" }));
  if (!document.getElementById("hatch")) svg.append(drawn("defs", {}, hatch));
  return svg;
}

const label = (x, y, text, anchor = "middle", kind = "") => drawn("text", { x, y, "text-anchor": anchor, class: kind }, text);
const line = (x1, y1, x2, y2, kind) => drawn("line", { x1, y1, x2, y2, class: kind });

// Round numbers from 0 to a little above the largest.
function ticks(largest, about = 4) {
  const raw = Math.max(largest, 1e-9) / about, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= raw);
  const found = [];
  for (let n = 0; n === 0 || found[n - 1] < largest; n++) found.push(n * step);
  return found;
}

// A table behind a picture: rows of texts, the first of each its header.
function table(caption, head, rows, kind = "") {
  const cells = (tag, texts, scope) => texts.map((text, n) => element(n && tag === "td" ? "td" : "th",
    n && tag === "td" ? {} : { scope: scope }, text));
  return element("table", { class: kind },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...cells("th", head, "col"))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells("td", row, "row")))));
}
