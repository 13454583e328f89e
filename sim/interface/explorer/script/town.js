// The town: where people live, where assemblies may be, and how many came there under A and under B.

function town(about, words, cells) {
  const { say, number } = words, { sites, districts } = about.town;
  const width = 640, height = 420, edge = 56;
  const at = [...sites, ...districts].map((one) => one.at);
  const span = (axis) => [Math.min(...at.map((one) => one[axis])), Math.max(...at.map((one) => one[axis]))];
  const [west, east] = span(0), [south, north] = span(1);
  const unit = Math.min((width - 2 * edge) / Math.max(east - west, 0.1), (height - 2 * edge) / Math.max(north - south, 0.1));
  const x = (one) => width / 2 + (one.at[0] - (west + east) / 2) * unit;
  const y = (one) => height / 2 - (one.at[1] - (south + north) / 2) * unit;
  const svg = picture(width, height, say("town.title"));
  const people = Math.max(...districts.map((one) => one.adults));
  for (const one of districts) {
    svg.append(drawn("circle", { cx: x(one), cy: y(one), r: 62 * Math.sqrt(one.adults / people), class: "district" }));
  }
  const mean = (cell, n) => cell.came[n] / Math.max(cell.runs, 1);
  const most = Math.max(1, ...cells.flatMap((cell) => sites.map((_, n) => mean(cell, n))));
  const radius = (cell, n) => 34 * Math.sqrt(mean(cell, n) / most), names = [];
  const taken = sites.map((one, n) => {
    const [west, east] = cells.map((cell) => Math.max(radius(cell, n), 5)), high = Math.max(west, east);
    return [x(one) - west, y(one) - high, x(one) + east, y(one) + high];
  });
  for (const one of districts) {
    const top = y(one) - 44 * Math.sqrt(one.adults / people), wide = one.name.length * 3.4;
    svg.append(label(x(one), top, one.name, "middle", "where"));
    taken.push([x(one) - wide, top - 11, x(one) + wide, top + 3]);
  }
  sites.forEach((one, n) => {
    cells.forEach((cell, regime) => {
      const r = radius(cell, n), sweep = regime ? 1 : 0;
      const half = `M${x(one)} ${y(one) - r}A${r} ${r} 0 0 ${sweep} ${x(one)} ${y(one) + r}Z`;
      if (r > 0.5) svg.append(drawn("path", { d: half, class: regime ? "b-bar" : "a-bar" }));
    });
    svg.append(drawn("circle", { cx: x(one), cy: y(one), r: 2.5, class: "site" }));
    const closed = cells.map((cell, regime) => (cell.open[n] ? "" : regime ? "B" : "A")).join("");
    const told = closed ? `\u2715 ${say("town.closed", { regimes: [...closed].join(", ") })}` : "";
    const spot = free(taken, x(one), y(one), Math.max(one.name.length, told.length) * 6.4, told ? 27 : 14, width, height);
    const text = label(spot.x, spot.y + 11, one.name, spot.anchor, "name");
    if (told) text.append(drawn("tspan", { x: spot.x, dy: 13, class: "closed" }, told));
    names.push(text);
  });
  svg.append(...names);
  const rows = sites.map((one, n) => [
    one.name, say(`site.${one.kind}`),
    ...cells.map((cell) => say(cell.open[n] ? "town.yes" : "town.no")), ...cells.map((cell) => number(mean(cell, n), 0)),
  ]);
  const head = [say("town.site"), say("town.kind"), `A: ${say("town.may")}`, `B: ${say("town.may")}`, `A: ${say("town.came")}`, `B: ${say("town.came")}`];
  return [svg, table(say("town.title"), head, rows)];
}

// A place for a name beside a site that covers no other name and no other site, if there is one.
function free(taken, x, y, wide, high, width, height) {
  const spots = [];
  for (const far of [9, 20, 34, 48]) {
    spots.push([x + far, y - high / 2, "start"], [x - far, y - high / 2, "end"], [x, y + far, "middle"], [x, y - far - high, "middle"]);
    spots.push([x + far, y + far / 2, "start"], [x - far, y + far / 2, "end"], [x + far, y - high - far / 2, "start"], [x - far, y - high - far / 2, "end"]);
  }
  const box = ([at, top, anchor]) => {
    const from = anchor === "start" ? at : anchor === "end" ? at - wide : at - wide / 2;
    return [from, top, from + wide, top + high];
  };
  const meets = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
  const inside = (one) => one[0] > 0 && one[1] > 0 && one[2] < width && one[3] < height;
  const found = spots.find((spot) => inside(box(spot)) && !taken.some((other) => meets(box(spot), other))) ?? spots[0];
  taken.push(box(found));
  return { x: found[0], y: found[1], anchor: found[2] };
}
