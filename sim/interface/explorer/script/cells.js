// The cells of the grid, undone in the order in which sim/experiment/exploring/packing.py writes them.

const NONE = 65535;

function fromLetters(letters) {
  const plain = atob(letters), bytes = new Uint8Array(plain.length);
  for (let n = 0; n < plain.length; n++) bytes[n] = plain.charCodeAt(n);
  return bytes;
}

// What is packed in a page, as a source of cells: source.cell(point) is what the page knows of a point of the grid.
function packedSource(head, letters) {
  const bytes = inflate(fromLetters(letters)), cells = head.cells;
  let at = 0;

  function column() {
    const found = new Uint16Array(cells);
    let before = 0;
    for (let n = 0; n < cells; n++) {
      before = (before + (bytes[at + n] | (bytes[at + cells + n] << 8))) & NONE;
      found[n] = before;
    }
    at += 2 * cells;
    return found;
  }
  const columns = (count) => Array.from({ length: count }, column);

  function anySize() {
    let value = 0, shift = 0, byte;
    do { byte = bytes[at++]; value |= (byte & 127) << shift; shift += 7; } while (byte & 128);
    return value;
  }

  function timelines() {
    const counts = Array.from({ length: cells }, anySize);
    const days = counts.map((count) => {
      let day = 0;
      return Array.from({ length: count }, () => (day += anySize()));
    });
    const sizes = counts.map((count) => Array.from({ length: count }, anySize));
    const statuses = counts.map((count) => Array.from({ length: count }, anySize));
    return counts.map((_, cell) => days[cell].map((day, n) => ({ day, size: sizes[cell][n], status: statuses[cell][n] })));
  }

  const values = head.steps.map(() => columns(head.seeds));
  const sizes = columns(head.bars), held = columns(head.sites), came = columns(head.sites), open = columns(head.sites);
  const [threshold] = columns(1), [runs] = columns(1);
  const events = Array.from({ length: head.timelines }, timelines);

  return {
    cell(point) {
      const n = head.points ? head.points[point] : point;
      return {
        values: values.map((seeds, row) => seeds.map((one) => (one[n] === NONE ? null : one[n] * head.steps[row]))),
        sizes: sizes.map((one) => one[n]),
        held: held.map((one) => one[n]),
        came: came.map((one) => one[n] * head.came),
        open: open.map((one) => one[n] === 1),
        threshold: threshold[n] === NONE ? null : threshold[n],
        runs: runs[n],
        events: events.map((one) => one[n]),
      };
    },
  };
}
