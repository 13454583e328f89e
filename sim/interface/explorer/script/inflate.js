// Undoing compression (RFC 1951), for browsers of any age. Tables of codes as in Adler's puff.

function inflate(from) {
  const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
    6145, 8193, 12289, 16385, 24577];
  const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  let to = new Uint8Array(Math.max(1024, from.length * 4));
  let end = 0, at = 0, held = 0, holds = 0;

  function bits(wanted) {
    while (holds < wanted) {
      if (at >= from.length) throw new Error("the page's data end too early");
      held |= from[at++] << holds;
      holds += 8;
    }
    const value = held & ((1 << wanted) - 1);
    held >>>= wanted;
    holds -= wanted;
    return value;
  }

  function put(byte) {
    if (end === to.length) {
      const larger = new Uint8Array(to.length * 2);
      larger.set(to);
      to = larger;
    }
    to[end++] = byte;
  }

  function code(lengths) {
    const counts = new Uint16Array(16), offsets = new Uint16Array(16), symbols = new Uint16Array(lengths.length);
    for (const length of lengths) counts[length]++;
    counts[0] = 0;
    for (let n = 1; n < 16; n++) offsets[n] = offsets[n - 1] + counts[n - 1];
    lengths.forEach((length, symbol) => { if (length) symbols[offsets[length]++] = symbol; });
    return { counts, symbols };
  }

  function symbol(of) {
    let found = 0, first = 0, index = 0;
    for (let length = 1; length < 16; length++) {
      found |= bits(1);
      const count = of.counts[length];
      if (found - count < first) return of.symbols[index + (found - first)];
      index += count;
      first = (first + count) << 1;
      found <<= 1;
    }
    throw new Error("the page's data are damaged");
  }

  function fixed() {
    const lengths = [];
    for (let n = 0; n < 288; n++) lengths.push(n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8);
    return [code(lengths), code(new Array(30).fill(5))];
  }

  function dynamic() {
    const literals = bits(5) + 257, distances = bits(5) + 1, codes = bits(4) + 4;
    const lengths = new Array(19).fill(0);
    for (let n = 0; n < codes; n++) lengths[ORDER[n]] = bits(3);
    const of = code(lengths), found = [];
    while (found.length < literals + distances) {
      const what = symbol(of);
      if (what < 16) { found.push(what); continue; }
      const value = what === 16 ? found[found.length - 1] : 0;
      let times = what === 16 ? 3 + bits(2) : what === 17 ? 3 + bits(3) : 11 + bits(7);
      while (times--) found.push(value);
    }
    return [code(found.slice(0, literals)), code(found.slice(literals))];
  }

  for (let last = 0; !last;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      held = holds = 0;
      let size = from[at] | (from[at + 1] << 8);
      at += 4;
      while (size--) put(from[at++]);
      continue;
    }
    const [literal, distance] = kind === 1 ? fixed() : dynamic();
    for (;;) {
      const what = symbol(literal);
      if (what === 256) break;
      if (what < 256) { put(what); continue; }
      let length = LENGTHS[what - 257] + bits(LENGTH_BITS[what - 257]);
      const far = symbol(distance), back = DISTANCES[far] + bits(DISTANCE_BITS[far]);
      while (length--) put(to[end - back]);
    }
  }
  return to.subarray(0, end);
}
