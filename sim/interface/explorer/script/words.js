// What the page says, in the language it is set to; and numbers as that language writes them.

function wordsOf(about, language) {
  const words = about.words[language], english = about.words.en;

  // The letter of a regime stays on one line with what it is about.
  function say(key, values = {}) {
    const text = (words[key] ?? english[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
    return text.replace(/(^|[ :;.])([AB]) (?=\d)/g, "$1$2\u00a0");
  }
  const said = (label) => (label ? label[language] ?? label.en : "");

  // Browsers that do not know how Kazakh writes numbers would write them in English; Russian writes them as Kazakh does.
  const numbers = language === "kk" && !new Intl.NumberFormat("kk").format(1.5).includes(",") ? "ru" : language;

  // Signed: 0 itself has no sign, and what is a little less than 0 is -0.0.
  function number(value, decimals, signed = false) {
    const signs = signed ? { signDisplay: value ? "always" : "never" } : {};
    const form = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, ...signs };
    return new Intl.NumberFormat(numbers, form).format(value).replace(/^-/, "\u2212");
  }

  const plain = (value) => new Intl.NumberFormat(numbers, { maximumFractionDigits: 3 }).format(value);

  // How an outcome of a unit is written: three digits or so of the larger mean, and of the wider end of the interval.
  function scale(unit, effect) {
    const share = unit === "share", factor = share ? 100 : 1;
    const decimals = (...values) => {
      const largest = Math.max(0, ...values.filter((value) => value !== null).map(Math.abs));
      return share ? 1 : largest >= 100 ? 0 : largest >= 10 ? 1 : 2;
    };
    const levels = decimals(effect.a, effect.b), differences = decimals(effect.difference, effect.low, effect.high);
    const rest = share ? "\u00a0%" : "", points = share ? `\u00a0${say("points").replace(/ /g, "\u00a0")}` : "";
    const write = (value, signed) => number(value * factor + 0, signed ? differences : levels, signed);
    return {
      value: (value) => (value === null ? "\u2013" : write(value, false) + rest),
      difference: (value) => (value === null ? "\u2013" : write(value, true) + points),
      interval: (low, high) => (low === null ? "" : say("interval", { low: write(low, true), high: write(high, true) })),
    };
  }
  const date = (start, day) => new Date(Date.parse(`${start}T00:00:00Z`) + day * 864e5);
  const month = (when) => say("months").split(",")[when.getUTCMonth()];
  const full = (when) => say("date", { day: when.getUTCDate(), month: month(when), year: when.getUTCFullYear() });
  return { language, say, said, number, plain, scale, date, month, full };
}
