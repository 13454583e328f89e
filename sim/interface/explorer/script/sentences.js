// What differs between A and B, and what came of it, in plain sentences.

function differing(about, state) {
  return about.levers.filter((lever) => state.settledA[lever.name] !== state.settledB[lever.name]);
}

function whatDiffers(about, words, state) {
  const { say, said } = words, levers = differing(about, state);
  if (!levers.length) return say("same");
  const told = levers.map((lever) => say("change", {
    lever: said(lever.label), a: standing(words, lever, state.settledA[lever.name]), b: standing(words, lever, state.settledB[lever.name]),
  })).join("; ");
  return levers.length === 1 ? say("one", { told }) : say("several", { told, count: levers.length });
}

// Whether A and B are equal in every pair of runs.
const equalIn = (effect) => effect.difference === 0 && !effect.low && !effect.high;

// Fewer of what is counted, less of all else.
const lessOf = (outcome) => (outcome.unit === "count" ? "fewer" : "less");

function whatCame(about, words, outcome, effect) {
  const { say } = words, name = say(`outcome.${outcome.name}`);
  if (!effect.pairs) return say("nothing", { outcome: name });
  const scale = words.scale(outcome.unit, effect);
  const values = {
    outcome: name, a: scale.value(effect.a), b: scale.value(effect.b), difference: scale.difference(effect.difference),
    interval: scale.interval(effect.low, effect.high), pairs: effect.pairs,
  };
  if (equalIn(effect)) return say("exactly", values);
  return say(effect.clear ? `clear.${effect.difference > 0 ? "more" : lessOf(outcome)}` : "unclear", values);
}
