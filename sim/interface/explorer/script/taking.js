// What can be taken along: the numbers of every run as CSV.

// 1, 2, 3, 7 as "1-3, 7".
function ranges(seeds) {
  const found = [];
  for (const seed of seeds) {
    const last = found[found.length - 1];
    if (last && seed === last[1] + 1) last[1] = seed; else found.push([seed, seed]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}\u2013${to}`)).join(", ");
}

// One row a regime and seed: the levels in force, and every outcome that is shown.
function csvOf(about, state, cells) {
  const quoted = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : String(value));
  const rows = [["regime", ...about.levers.map((one) => one.name), "seed", ...about.outcomes.map((one) => one.name)]];
  cells.forEach((cell, n) => about.seeds.forEach((seed, at) => rows.push([
    n ? "B" : "A", ...about.levers.map((one) => state[n ? "settledB" : "settledA"][one.name]), seed,
    ...cell.values.map((values) => (values[at] === null ? "" : Number(values[at].toPrecision(10)))),
  ])));
  return `${rows.map((row) => row.map(quoted).join(",")).join("\n")}\n`;
}
