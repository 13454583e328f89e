// One run under A and under B: every assembly on its day, by how many came, and what was kept from being.

const SHAPES = {
  throughout: (x, y, kind) => drawn("circle", { cx: x, cy: y, r: 4, class: `${kind}-mark` }),
  at_start: (x, y, kind) => drawn("circle", { cx: x, cy: y, r: 3.6, class: `${kind}-ring` }),
  unlawful: (x, y) => drawn("path", { d: `M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7`, class: "cross" }),
  suppressed: (x, y) => drawn("path", { d: `M${x - 3.5} ${y - 3}h7l-3.5 6z`, class: "absent" }),
};

function timeline(about, words, cells, run) {
  const { say, number } = words, width = 640, panel = 170, left = 46, right = 8, gap = 14, top = 22;
  const events = cells.map((cell) => cell.events[run] ?? []);
  const height = 2 * panel + gap + 26;
  const largest = Math.max(100, ...events.flat().filter((one) => about.statuses[one.status] !== "suppressed").map((one) => one.size));
  const svg = picture(width, height, say("days.title"));
  const x = (day) => left + (width - left - right) * day / about.days;
  events.forEach((one, regime) => {
    const kind = regime ? "b" : "a", begin = regime * (panel + gap), strip = begin + panel - 14, floor = strip - 16;
    const y = (size) => floor - (floor - begin - top) * Math.log(Math.max(size, 1)) / Math.log(largest);
    const { threshold } = cells[regime], shown = threshold !== null && threshold > 1 && threshold <= largest;
    for (const size of [1, 10, 100, 1000, 10000].filter((value) => value <= largest)) {
      svg.append(line(left, y(size), width - right, y(size), "grid"));
      if (!shown || Math.abs(y(size) - y(threshold)) > 12) svg.append(label(left - 6, y(size) + 4, number(size, 0), "end"));
    }
    svg.append(drawn("rect", { x: left, y: strip - 8, width: width - left - right, height: 16, class: "strip" }));
    svg.append(label(left, begin + 12, `${regime ? "B" : "A"}`, "start", `${kind}-text letter`));
    if (shown) {
      svg.append(line(left, y(threshold), width - right, y(threshold), `${kind}-line threshold`));
      svg.append(label(left - 6, y(threshold) + 4, number(threshold, 0), "end", `${kind}-text`));
    }
    for (const event of one) {
      const status = about.statuses[event.status], absent = status === "suppressed";
      const mark = SHAPES[status](x(event.day), absent ? strip : y(event.size), kind);
      mark.append(drawn("title", {}, `${words.full(words.date(about.start, event.day))}: ${number(event.size, 0)}, ${say(`status.${status}`)}`));
      svg.append(mark);
    }
  });
  let before = -1;
  for (let day = 0; day < about.days; day++) {
    const when = words.date(about.start, day);
    if (when.getUTCDate() === 1 && x(day) - before > 36) {
      before = x(day);
      svg.append(line(x(day), height - 30, x(day), height - 24, "base"), label(x(day), height - 10, words.month(when), "start"));
    }
  }
  const rows = events.flatMap((one, regime) => one.map((event) => [
    words.full(words.date(about.start, event.day)), regime ? "B" : "A", number(event.size, 0), say(`status.${about.statuses[event.status]}`),
  ]));
  return [svg, table(say("days.title"), [say("days.date"), say("days.regime"), say("days.size"), say("days.status")], rows)];
}

// What the marks mean, beside the picture.
function legend(about, words) {
  return about.statuses.map((status) => {
    const svg = drawn("svg", { viewBox: "0 0 14 14", class: "key", "aria-hidden": "true" }, SHAPES[status](7, 7, "plain"));
    return element("li", {}, svg, words.say(`status.${status}`));
  });
}
