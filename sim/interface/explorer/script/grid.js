// Levers and levels: which combination stands for another, and its point on the grid.

// Levers that mean nothing are at their first level, as sim/experiment/exploring/grid.py has it.
function settled(levers, levels) {
  const found = {};
  for (const lever of levers) {
    const first = lever.levels[0].name;
    found[lever.name] = isMoot(lever, found) ? first : levels[lever.name] ?? first;
  }
  return found;
}

function isMoot(lever, levels) {
  return lever.moot.some((condition) => Object.entries(condition).every(([other, level]) => levels[other] === level));
}

const nameOf = (levers, levels) => levers.map((lever) => levels[lever.name]).join(" ");

// The number of each combination that stands for itself; the last lever changes fastest.
function pointsOf(levers) {
  const points = new Map();
  function walk(place, levels) {
    if (place === levers.length) {
      if (nameOf(levers, settled(levers, levels)) === nameOf(levers, levels)) points.set(nameOf(levers, levels), points.size);
      return;
    }
    for (const level of levers[place].levels) walk(place + 1, { ...levels, [levers[place].name]: level.name });
  }
  walk(0, {});
  return points;
}
