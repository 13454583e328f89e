// The page itself: its state, its parts, and what happens when something is set.

function start(about, source, root = document) {
  const $ = (id) => root.getElementById(id);
  const browser = (navigator.languages ?? [navigator.language]).map((one) => one.slice(0, 2)).find((one) => about.words[one]);
  const state = {
    a: {}, b: {}, ask: about.question, run: 0, predict: true, big: /[?&]big\b/.test(location.search), language: browser ?? "en",
    score: { right: 0, asked: 0 }, guess: null, unknown: [],
  };
  const answered = new Map();
  let words;

  function settle() {
    for (const regime of ["a", "b"]) {
      state[regime] = Object.fromEntries(about.levers.map((lever) => [lever.name, state[regime][lever.name] ?? lever.levels[0].name]));
      state[`settled${regime.toUpperCase()}`] = settled(about.levers, state[regime]);
    }
  }
  const pair = () => [nameOf(about.levers, state.settledA), nameOf(about.levers, state.settledB), state.ask].join("|");
  const same = () => nameOf(about.levers, state.settledA) === nameOf(about.levers, state.settledB);

  // -- what can be set -------------------------------------------------------------------------------------------------

  function buildLevers() {
    $("levers").replaceChildren(...about.levers.map((lever) => {
      const box = element("section", { class: "lever", "aria-labelledby": `name-${lever.name}` });
      box.append(element("h3", { id: `name-${lever.name}` }, words.said(lever.label)));
      if (lever.help) box.append(element("p", { class: "help" }, words.said(lever.help)));
      for (const regime of ["a", "b"]) box.append(buttons(lever, regime));
      box.append(element("p", { class: "moot", id: `moot-${lever.name}`, hidden: true }));
      return box;
    }));
  }

  function take(lever, regime, level) {
    if (state[regime][lever.name] === level) return;
    state[regime][lever.name] = level;
    changed();
  }

  function buttons(lever, regime) {
    const letter = regime.toUpperCase();
    const set = element("fieldset", { class: `choice ${regime}` });
    set.append(element("legend", { class: "unseen" }, `${words.said(lever.label)}, ${words.say("regime", { letter })}`));
    set.append(element("span", { class: "letter", "aria-hidden": "true" }, letter));
    const row = element("span", { class: "row" });
    for (const level of lever.levels) {
      const id = `${regime}-${lever.name}-${level.name}`;
      const input = element("input", { type: "radio", name: `${regime}-${lever.name}`, id, value: level.name });
      input.addEventListener("change", () => take(lever, regime, level.name));
      row.append(input, element("label", { for: id }, words.said(level.label)));
    }
    set.append(element("span", { class: "parts" }, row, ...(lever.any ? [numberBox(lever, regime, words, (level) => take(lever, regime, level), showLevers)] : [])));
    return set;
  }

  function buildPresets() {
    for (const regime of ["a", "b"]) {
      const select = $(`preset-${regime}`);
      select.replaceChildren(element("option", { value: "" }, words.say("preset.choose")));
      about.presets.forEach((preset, n) => select.append(element("option", { value: n }, words.said(preset.label))));
      select.setAttribute("aria-label", words.say("preset.set", { letter: regime.toUpperCase() }));
    }
  }

  function showLevers() {
    for (const lever of about.levers) {
      const moot = [];
      for (const regime of ["a", "b"]) {
        const kept = state[`settled${regime.toUpperCase()}`], none = isMoot(lever, kept);
        if (none) moot.push(regime.toUpperCase());
        for (const level of lever.levels) {
          const input = $(`${regime}-${lever.name}-${level.name}`);
          input.checked = (none ? kept : state[regime])[lever.name] === level.name;
          input.disabled = none;
        }
        if (lever.any) showNumber($(`${regime}-${lever.name}-any`), lever, state[regime][lever.name], none);
      }
      const note = $(`moot-${lever.name}`);
      note.parentElement.classList.toggle("differs", state.settledA[lever.name] !== state.settledB[lever.name]);
      note.hidden = !moot.length;
      note.textContent = moot.length ? words.say("moot", { regimes: moot.join(", ") }) : "";
    }
  }

  // -- what is predicted -----------------------------------------------------------------------------------------------

  function showPrediction() {
    const done = answered.get(pair())?.guess, wanted = state.predict && !same();
    $("prediction").hidden = !state.predict;
    $("question").textContent = same() ? words.say("predict.nothing") : words.say("predict.question", { outcome: words.say(`outcome.${state.ask}`) });
    for (const guess of ["fewer", "same", "more"]) {
      const input = $(`guess-${guess}`);
      input.disabled = !wanted || Boolean(done);
      input.checked = (done ?? state.guess) === guess;
    }
    $("commit").disabled = !wanted || Boolean(done) || !state.guess;
    root.querySelector("label[for=guess-fewer]").textContent = words.say(`predict.${lessOf(about.outcomes[rowOf(state.ask)])}`);
    const { right, asked } = state.score;
    $("score").textContent = asked ? words.say("predict.score", { right, asked }) : "";
    return !wanted || Boolean(done);
  }

  function commit() {
    if (!state.guess || answered.has(pair())) return;
    answered.set(pair(), { guess: state.guess, counted: false });
    state.guess = null;
    show();
    $("answer").focus();
  }

  // A guess counts when all runs are there, if there is anything to be right about.
  function count() {
    const own = answered.get(pair());
    if (!own || own.counted || !complete()) return;
    own.counted = true;
    const effect = effectOf(state.ask);
    if (effect.pairs) state.score = { right: state.score.right + (verdict(effect) === own.guess), asked: state.score.asked + 1 };
  }

  // -- what came of it -------------------------------------------------------------------------------------------------

  let cells = [], trouble = null;
  const complete = () => cells.length > 0 && cells.every((cell) => cell && !cell.more);
  const enough = () => complete() || cells.length > 0 && cells.every((cell) => cell && cell.runs >= about.live.enough);
  const rowOf = (name) => about.outcomes.findIndex((one) => one.name === name);
  const effectOf = (name) => paired(cells[0].values[rowOf(name)], cells[1].values[rowOf(name)], about.quantiles);

  function showAnswer(shown) {
    $("differs").textContent = whatDiffers(about, words, state);
    const outcome = about.outcomes[rowOf(state.ask)];
    const there = shown && enough(), effect = there && effectOf(state.ask);
    const answer = same() || !there ? "" : whatCame(about, words, outcome, effect);
    const own = answered.get(pair());
    const told = there && own?.counted && effect.pairs && state.predict
      ? words.say(own.guess === verdict(effect) ? "predict.right" : "predict.wrong") : "";
    $("answer").textContent = [answer, told].filter(Boolean).join(" ") || (shown ? "" : words.say("predict.first"));
    $("answer").setAttribute("aria-busy", !complete());  // read out once, when it does not change any more
    $("results").hidden = !shown || !(there || $("outcomes").rows.length);
    $("results").classList.toggle("waiting", !there);
    $("hidden").hidden = shown;
  }

  // How far the runs are, and what is wrong with them, on a page that is served live.
  function showGrowth(shown) {
    if (!about.live) return;
    const grown = cells.filter(Boolean), of = about.seeds.length, done = grown.length < 2 ? 0 : Math.min(...grown.map((cell) => cell.done));
    $("growing").hidden = complete() || !shown;
    $("growing").textContent = words.say(enough() ? "growing.shown" : "growing", { done, of });
    const failed = ["A", "B"].flatMap((letter, n) => (cells[n]?.failed
      ? words.say(`failed.${cells[n].why}`, { letter, failed: cells[n].failed, done: cells[n].done, told: cells[n].said }) : []));
    const told = [trouble ? words.say(trouble.say, { told: trouble.told }) : "", ...new Set(failed)].filter(Boolean).join(" ");
    $("trouble").hidden = !told;
    if ($("trouble").textContent !== told) $("trouble").textContent = told;
  }

  function showTable() {
    const rows = [];
    for (const group of about.groups) {
      const outcomes = about.outcomes.filter((one) => one.group === group);
      if (!outcomes.length) continue;
      rows.push(element("tr", { class: "group" }, element("th", { scope: "rowgroup", colspan: 5 }, words.say(`group.${group}`))));
      rows.push(...outcomes.map(outcomeRow));
    }
    const head = ["table.outcome", null, null, "table.difference", "table.clear"].map((key, n) =>
      element("th", { scope: "col", class: n === 1 ? "a-text" : n === 2 ? "b-text" : "" }, key ? words.say(key) : n === 1 ? "A" : "B"));
    $("outcomes").replaceChildren(element("caption", { class: "unseen" }, words.say("table.title")),
      element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
  }

  function outcomeRow(outcome) {
    const effect = effectOf(outcome.name), scale = words.scale(outcome.unit, effect);
    const name = element("th", { scope: "row", title: words.say(`about.${outcome.name}`) }, words.say(`outcome.${outcome.name}`));
    const clear = effect.clear ? (effect.difference > 0 ? "\u25b2" : "\u25bc") : "";
    const difference = element("td", { class: "number" }, scale.difference(effect.difference), " ",
      element("span", { class: "interval" }, equalIn(effect) ? "" : scale.interval(effect.low, effect.high)));
    const told = !effect.pairs ? words.say("table.none") : effect.clear ? words.say(`predict.${effect.difference > 0 ? "more" : lessOf(outcome)}`)
      : words.say(equalIn(effect) ? "table.same" : "table.no");
    return element("tr", { class: effect.clear ? "clear" : "" }, name, element("td", { class: "number" }, scale.value(effect.a)),
      element("td", { class: "number" }, scale.value(effect.b)), difference,
      element("td", {}, element("span", { "aria-hidden": "true" }, clear), " ", told));
  }

  function showPictures() {
    const fill = (id, [svg, behind]) => {
      $(id).replaceChildren(svg);
      $(`${id}-table`).replaceChildren(behind);
    };
    for (const id of ["sizes", "days", "town"]) $(id).replaceChildren();
    fill("sizes", distribution(about, words, cells));
    fill("days", timeline(about, words, cells, state.run));
    fill("town", town(about, words, cells));
    $("legend").replaceChildren(...legend(about, words));
    $(`run-${state.run}`).checked = true;
  }

  function buildRuns() {
    $("runs").replaceChildren(...about.seeds.slice(0, about.timelines).map((seed, n) => {
      const input = element("input", { type: "radio", name: "run", id: `run-${n}`, value: n });
      input.addEventListener("change", () => { state.run = n; show(); });
      return element("span", {}, input, element("label", { for: `run-${n}` }, String(seed)));
    }));
  }

  function showNote() {
    const found = [];
    for (const regime of ["A", "B"]) {
      const kept = nameOf(about.levers, state[`settled${regime}`]);
      const near = about.presets.find((one) => nameOf(about.levers, settled(about.levers, one.levels)) === kept);
      if (near) found.push(`${regime}: ${words.say("preset.near", { law: words.said(near.label) })} ${words.said(near.note)}`.trim());
    }
    $("near").replaceChildren(...found.map((text) => element("p", {}, text)));
    $("unknown").hidden = !state.unknown.length;
    $("unknown").textContent = state.unknown.length ? words.say("link.unknown", { parts: state.unknown.join(", ") }) : "";
  }

  // -- language, link, downloads ---------------------------------------------------------------------------------------

  function speak() {
    words = wordsOf(about, state.language);
    document.documentElement.lang = state.language;
    document.title = words.said(about.title);
    $("title").textContent = words.said(about.title);
    for (const one of root.querySelectorAll("[data-say]")) one.textContent = words.say(one.dataset.say, about.telling);
    for (const one of root.querySelectorAll("[data-label]")) one.setAttribute("aria-label", words.say(one.dataset.label));
    for (const one of root.querySelectorAll("#languages button[value]")) one.setAttribute("aria-pressed", one.value === state.language);
    $("ask").replaceChildren(...about.outcomes.map((one) => element("option", { value: one.name }, words.say(`outcome.${one.name}`))));
    $("seeds").textContent = words.say("footer.seeds", { seeds: ranges(about.seeds) });
    buildLevers();
    buildPresets();
    buildRuns();
  }

  function download() {
    const url = URL.createObjectURL(new Blob([csvOf(about, state, cells)], { type: "text/csv" }));
    const anchor = element("a", { href: url, download: `${about.name}.csv` });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  async function copy() {
    const field = $("link");
    field.select();
    let done = false;
    try { await navigator.clipboard.writeText(field.value); done = true; } catch { done = document.execCommand("copy"); }
    $("copied").textContent = words.say(done ? "footer.copied" : "footer.select");
  }

  let written = "";
  function showLink() {
    const link = toLink(about, state);
    if (link === written) return;
    written = link;
    try { history.replaceState(null, "", written); } catch { location.replace(written); }
    $("link").value = location.href.replace(/#.*$/, "") + written;
    $("copied").textContent = "";
  }

  function read() {
    const found = fromLink(about, location.hash);
    for (const key of ["ask", "run", "predict", "score", "big", "language"]) if (found[key] !== undefined) state[key] = found[key];
    state.a = found.a;
    state.b = found.b;
    state.unknown = found.unknown;
  }

  // -- all of it -------------------------------------------------------------------------------------------------------

  let leave = () => {};
  function changed() {
    settle();
    document.documentElement.classList.toggle("big", state.big);
    $("ask").value = state.ask;
    $("predict").checked = state.predict;
    $("big").setAttribute("aria-pressed", state.big);
    showLevers();
    leave();
    cells = [];
    trouble = null;
    let known = false;
    leave = source.watch([state.settledA, state.settledB], (found, wrong = null) => {
      [cells, trouble, known] = [found, wrong, true];
      show();
    });
    if (!known) show();
  }

  function show() {
    count();
    const shown = showPrediction();
    showAnswer(shown);
    showGrowth(shown);
    if (shown && enough()) { showTable(); showPictures(); }
    const there = enough() ? Math.min(...cells.map((cell) => cell.runs)) : 0;
    $("limits").hidden = !complete() && !there;
    $("limits").textContent = words.say("footer.limits", { runs: about.live ? there : about.seeds.length });
    $("csv").disabled = !enough();
    showNote();
    showLink();
  }

  function set(values) { Object.assign(state, values, { unknown: [] }); state.guess = null; return changed(); }

  $("equal").addEventListener("click", () => set({ b: { ...state.a } }));
  $("swap").addEventListener("click", () => set({ a: { ...state.b }, b: { ...state.a } }));
  for (const regime of ["a", "b"]) {
    $(`preset-${regime}`).addEventListener("change", (event) => {
      const preset = about.presets[event.target.value];
      if (preset) set({ [regime]: { ...preset.levels } });
      event.target.value = "";
    });
  }
  for (const guess of ["fewer", "same", "more"]) {
    $(`guess-${guess}`).addEventListener("change", () => { state.guess = guess; $("commit").disabled = false; });
  }
  for (const one of root.querySelectorAll(".skip, #down")) {
    one.addEventListener("click", (event) => {
      event.preventDefault();  // the address holds the state, and nothing else
      $("main-part").focus({ preventScroll: true });
      $("main-part").scrollIntoView();
    });
  }
  $("commit").addEventListener("click", commit);
  $("predict").addEventListener("change", (event) => set({ predict: event.target.checked }));
  $("ask").addEventListener("change", (event) => set({ ask: event.target.value }));
  $("big").addEventListener("click", () => set({ big: !state.big }));
  $("csv").addEventListener("click", download);
  $("copy").addEventListener("click", copy);
  $("print").addEventListener("click", () => window.print());
  for (const one of root.querySelectorAll("#languages button[value]")) {
    one.addEventListener("click", () => { state.language = one.value; speak(); changed(); });
  }
  window.addEventListener("hashchange", () => {
    if (location.hash === written) return;
    read();
    speak();
    changed();
  });
  read();
  speak();
  changed();
  return { state };
}
