// Pairs of runs with one seed: the difference and its 95 % t interval (Student 1908), as sim/experiment/effects.py has it.

// quantiles: of Student's t at 0.975, by number of pairs. A pair without a value on either side is left out.
function paired(a, b, quantiles) {
  const pairs = a.map((value, n) => [value, b[n]]).filter(([one, other]) => one !== null && other !== null);
  const count = pairs.length;
  if (!count) return { pairs: 0, a: null, b: null, difference: null, low: null, high: null, clear: false };
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / count;
  const differences = pairs.map(([one, other]) => other - one), difference = mean(differences);
  const found = { pairs: count, a: mean(pairs.map((pair) => pair[0])), b: mean(pairs.map((pair) => pair[1])), difference };
  if (count === 1) return { ...found, low: null, high: null, clear: false };
  const variance = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0) / (count - 1);
  const half = quantiles[count] * Math.sqrt(variance / count);
  const low = difference - half, high = difference + half;
  return { ...found, low, high, clear: low > 1e-9 || high < -1e-9 };
}

// What came of it, in the words of the prediction.
function verdict(effect) {
  return !effect.clear ? "same" : effect.difference > 0 ? "more" : "fewer";
}
