// Numbers that are none of a lever's levels: what may stand in its box, on a page that is served live.

// What is written in a box or a link: { level }, the name of a level or the number as the address has it, or { wrong: true }.
function numberFor(lever, text) {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(/^(\d+),(\d{1,2})$/, "$1.$2");
  const { least, most, whole } = lever.any, value = Number(plain);
  const right = whole ? /^\d{1,7}$/.test(plain) : /^\d{1,7}(\.\d{1,3})?$/.test(plain);
  if (!right || value < least || value > most) return { wrong: true };
  const same = lever.levels.find((level) => level.value === value);
  return { level: same ? same.name : String(value) };
}

const isLevel = (lever, name) => lever.levels.some((level) => level.name === name);

// Whether a lever may be set so, by a link.
function takes(lever, name) {
  return isLevel(lever, name) || Boolean(lever.any) && numberFor(lever, name).level === name;
}

// What stands in a sentence for where a lever is.
function standing(words, lever, name) {
  const level = lever.levels.find((one) => one.name === name);
  if (level) return words.said(level.label);
  if (Number(name) === 1 && lever.any.one?.[words.language]) return lever.any.one[words.language];
  return words.said(lever.any.label).replace("{value}", words.plain(Number(name)));
}

// A box for any other number. What is wrong with it is told beside it, and nothing is asked of anybody.
function numberBox(lever, regime, words, take, leave) {
  const { say, said, plain } = words, id = `${regime}-${lever.name}-any`, [before, behind] = said(lever.any.label).split("{value}");
  const name = `${said(lever.label)}, ${say("regime", { letter: regime.toUpperCase() })}: ${say("any.label")}`;
  const wrong = element("span", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  const input = element("input", {
    id, type: "text", inputmode: lever.any.whole ? "numeric" : "decimal", maxlength: 9, autocomplete: "off",
    "aria-describedby": wrong.id, "aria-label": name,
  });
  let typing = 0;
  function read() {
    clearTimeout(typing);
    const text = input.value.trim(), found = text ? numberFor(lever, text) : {};
    input.setAttribute("aria-invalid", Boolean(found.wrong));
    const range = { least: plain(lever.any.least), most: plain(lever.any.most) };
    wrong.textContent = found.wrong ? say(lever.any.whole ? "any.whole" : "any.number", range) : "";
    if (found.level) take(found.level);
  }
  input.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(read, 800); });
  input.addEventListener("change", read);
  input.addEventListener("blur", () => { if (input.getAttribute("aria-invalid") !== "true") leave(); });
  return element("span", { class: "any" }, element("label", { for: id }, say("any.label")), " ", before, input, behind, wrong);
}

// The number where a lever stands, in its box; nothing if it is at a level. Where somebody writes, what they write stays.
function showNumber(input, lever, chosen, none) {
  const other = !none && !isLevel(lever, chosen);
  input.disabled = none;
  input.classList.toggle("chosen", other);
  if (input === document.activeElement) return;
  input.value = other ? chosen : "";
  input.setAttribute("aria-invalid", false);
  input.parentElement.querySelector(".wrong").textContent = "";
}
