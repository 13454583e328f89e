// The address holds the state of the page, so that a link opens what someone else sees.

function toLink(about, state) {
  const parts = [];
  for (const regime of ["a", "b"]) {
    for (const lever of about.levers) {
      const level = state[regime][lever.name];
      if (level !== lever.levels[0].name) parts.push(`${regime}.${lever.name}=${encodeURIComponent(level)}`);
    }
  }
  if (state.ask !== about.question) parts.push(`ask=${state.ask}`);
  if (state.run) parts.push(`run=${state.run + 1}`);
  if (!state.predict) parts.push("predict=off");
  if (state.score.asked) parts.push(`score=${state.score.right}.${state.score.asked}`);
  if (state.big) parts.push("big");
  parts.push(`lang=${state.language}`);
  return `#${parts.join("&")}`;
}

// What a link asks for. What this page does not have is left out, and told under `unknown`.
function fromLink(about, fragment) {
  const found = { a: {}, b: {}, unknown: [] };
  for (const part of fragment.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, written = ""] = part.split("=");
    let value = written;
    try { value = decodeURIComponent(written); } catch { /* a broken address names no level */ }
    const [regime, name] = key.toLowerCase().split(".");
    const lever = name && about.levers.find((one) => one.name === name);
    if ((regime === "a" || regime === "b") && lever && takes(lever, value)) {
      found[regime][name] = value;
    } else if (key === "ask" && about.outcomes.some((one) => one.name === value)) found.ask = value;
    else if (key === "run" && about.seeds.slice(0, about.timelines)[value - 1] !== undefined) found.run = value - 1;
    else if (key === "predict") found.predict = value !== "off";
    else if (key === "score" && /^\d{1,4}\.\d{1,4}$/.test(value)) {
      const [right, asked] = value.split(".").map(Number);
      if (right <= asked) found.score = { right, asked };
    } else if (key === "big") found.big = value !== "off";
    else if (key === "lang" && about.words[value]) found.language = value;
    else found.unknown.push(part);
  }
  return found;
}
