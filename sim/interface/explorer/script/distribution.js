// How large assemblies are under A and under B, with the thresholds of both.

function distribution(about, words, cells) {
  const { say, number } = words, width = 640, height = 300, left = 46, bottom = 44, top = 34, right = 22;
  const means = cells.map((cell) => cell.sizes.map((count) => count / Math.max(cell.runs, 1)));
  const last = Math.max(3, ...means.map((one) => one.reduce((found, value, n) => (value ? n : found), 0)));
  const edges = about.edges.slice(0, last + 2);
  if (edges.length < last + 2) edges.push(edges[last] * 2);
  const x = (size) => left + (width - left - right) * Math.log(Math.max(size, 1)) / Math.log(edges[last + 1]);
  const marks = ticks(Math.max(...means.flat(), 0.1)), most = marks[marks.length - 1];
  const y = (value) => height - bottom - (height - bottom - top) * value / most;
  const svg = picture(width, height, say("sizes.title"));
  for (const mark of marks) {
    svg.append(line(left, y(mark), width - right, y(mark), "grid"), label(left - 6, y(mark) + 4, number(mark, mark % 1 ? 1 : 0), "end"));
  }
  svg.append(label(left, 12, say("sizes.up"), "start", "axis"));
  means.forEach((one, regime) => one.slice(0, last + 1).forEach((value, n) => {
    if (!value) return;
    const from = x(edges[n]), half = (x(edges[n + 1]) - from) / 2;
    svg.append(drawn("rect", {
      x: from + regime * half + 0.5, y: y(value), width: Math.max(half - 1, 1), height: y(0) - y(value), class: regime ? "b-bar" : "a-bar",
    }));
  }));
  svg.append(line(left, y(0), width - right, y(0), "base"));
  for (const size of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].filter((one) => one <= edges[last + 1])) {
    svg.append(line(x(size), y(0), x(size), y(0) + 4, "base"), label(x(size), y(0) + 17, number(size, 0)));
  }
  svg.append(label((left + width) / 2, height - 6, say("sizes.across"), "middle", "axis"));
  cells.forEach((cell, regime) => {
    if (cell.threshold === null || cell.threshold > edges[last + 1]) return;
    const letter = regime ? "B" : "A", kind = regime ? "b" : "a", other = cells[1 - regime].threshold ?? cell.threshold;
    const right = cell.threshold === other ? regime === 1 : cell.threshold > other;  // away from the other's number
    const at = x(cell.threshold) + (regime ? 1.5 : -1.5);
    svg.append(line(at, 22, at, y(0), `${kind}-line threshold`));
    svg.append(label(at + (right ? 4 : -4), 32, `${letter}: ${number(cell.threshold, 0)}`, right ? "start" : "end", `${kind}-text`));
  });
  const rows = edges.slice(0, last + 1).map((edge, n) => [
    edges[n + 1] - edge > 1 ? `${number(edge, 0)}\u2013${number(edges[n + 1] - 1, 0)}` : number(edge, 0),
    number(means[0][n], 1), number(means[1][n], 1),
  ]);
  return [svg, table(say("sizes.title"), [say("sizes.across"), "A", "B"], rows)];
}
