// Where cells come from: source.watch(laws, tell) tells the cells of A and B, again as they grow, until what it gives back is called.

// The cells that the page carries with it: they are there, and complete.
function carried(about, packed) {
  const points = pointsOf(about.levers);
  return {
    watch(laws, tell) {
      tell(laws.map((levels) => packed.cell(points.get(nameOf(about.levers, levels)))));
      return () => {};
    },
  };
}

const PAUSE = 300, LATER = 1000, AGAIN = 3000;
const after = (time) => new Promise((done) => setTimeout(done, time));

// The server that the page came from: it answers at once with the runs that are there, and with more when it is asked again.
function served(about) {
  const visitor = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  async function question(laws, have, signal) {
    const body = JSON.stringify({ visitor, laws, have });
    const answer = await fetch("cells", { method: "POST", headers: { "Content-Type": "application/json" }, body, signal });
    return [answer.status, await answer.json()];
  }

  async function follow(laws, tell, signal) {
    let cells = laws.map(() => null);
    while (!signal.aborted) {
      let trouble = null;
      try {
        const [status, said] = await question(laws, cells.map((cell) => (cell ? cell.done : 0)), signal);
        if (status === 200) cells = said.cells.map((cell, n) => (cell ? unpacked(cell) : cells[n]));
        else if (status === 503) trouble = { say: "trouble.crowded" };
        else trouble = { say: "trouble.refused", told: said.problems.map((one) => inLetters(one.told)).join("; "), last: true };
      } catch {
        trouble = { say: "trouble.lost" };
      }
      if (signal.aborted) return;
      tell(cells, trouble);
      if (trouble?.last || (!trouble && cells.every((cell) => cell && !cell.more))) return;
      await after(trouble ? AGAIN : cells.some((cell) => !cell || cell.runs < about.live.enough) ? PAUSE : LATER);
    }
  }

  return {
    watch(laws, tell) {
      const stop = new AbortController();
      follow(laws, tell, stop.signal);
      return () => stop.abort();
    },
  };
}

const unpacked = (cell) => ({
  ...cell, events: cell.events.map((run) => run && run.map(([day, size, status]) => ({ day, size, status }))),
});

// Laws have numbers in a question, and letters on the page.
const inLetters = (told) => told.replace(/^laws\.([01])\.?/, (_, n) => `${"AB"[n]}: `);
