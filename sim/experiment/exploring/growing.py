"""Cells that grow: of laws that visitors of a live page ask for, answered with what is there, and run one seed after another.

The queue is fair: next comes the law with the fewest runs, so that twenty new laws have three runs each before one has twenty. It
holds only what somebody still looks at: a visitor's last question takes the place of the one before, and is forgotten when the
page has not asked again for a while. All of it may be called from any thread.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sim.experiment.exploring.cells import cell_of
from sim.experiment.exploring.earlier import EarlierRuns
from sim.experiment.exploring.kept_answers import KeptAnswers
from sim.experiment.exploring.reading import Explorer
from sim.experiment.exploring.store import Stored
from sim.experiment.exploring.told import Answer, CrowdedError, Growing, Law, Work
from sim.scenario import Scenario

__all__ = ["Growth"]

_GIVEN_UP: Final = 3
"""Failed runs of a law after which, if no more have succeeded, no other is tried."""

_VISITORS: Final = 80
"""Visitors at a time."""

_GROWING: Final = 200
"""Laws whose runs are held, at most: those that are looked at, and others that may be looked at again. About 0.3 MB each."""


@dataclass
class _Grown:
    """A law whose runs are held."""

    scenario: Scenario
    runs: dict[int, Stored] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)
    in_hand: set[int] = field(default_factory=set)
    answer: Answer | None = None

    @property
    def hopeless(self) -> bool:
        return len(self.why) >= _GIVEN_UP and 2 * len(self.why) > len(self.runs)


class Growth:
    """The cells that visitors look at, and the queue of their runs."""

    def __init__(
        self,
        explorer: Explorer,
        write: Callable[[Growing], bytes],
        *,
        keep: int = 2_000,
        patience: float = 20.0,
        earlier: EarlierRuns | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nobody has asked yet.

        Args:
            explorer: the page. write: how a cell is written for a visitor.
            keep: how many complete answers are kept. patience: seconds after which what nobody asked for again is not run.
            earlier: runs that need not be done. clock: seconds, from any beginning.
        """
        self._explorer, self._write, self._clock = explorer, write, clock
        self._patience, self._earlier = patience, earlier
        self._kept = KeptAnswers(keep)
        self._laws: OrderedDict[str, _Grown] = OrderedDict()
        self._visitors: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._changed = threading.Condition()

    def ask(self, visitor: str, laws: Sequence[Law]) -> list[Answer]:
        """What there is of some laws, at once. What is missing is run from now on, as long as this visitor asks again.

        Args:
            visitor: who asks; what they asked for before is forgotten. laws: what they look at.

        Raises:
            CrowdedError: if there are too many visitors.
        """
        with self._changed:
            self._forget()
            if visitor not in self._visitors and len(self._visitors) >= _VISITORS:
                raise CrowdedError(f"{_VISITORS} visitors at a time are served, and there are as many")
            self._visitors[visitor] = self._clock(), tuple(law.name for law in laws)
            answers = [self._answer(*law) for law in laws]
            self._changed.notify_all()
        return answers

    def take(self, wait: float) -> Work | None:
        """The run that is to be done next; none if there is none for so many seconds. It must be brought back."""
        with self._changed:
            found = self._next()
            if found is None:
                self._changed.wait(wait)
                found = self._next()
            if found is not None:
                self._laws[found.name].in_hand.add(found.seed)
        return found

    def bring(self, work: Work, run: Stored, why: str = "") -> None:
        """Bring back a run.

        Args:
            work: which. run: what came of it. why: it failed, if it did: :data:`SLOW`, :data:`ENDED` or :data:`WRONG`.
        """
        with self._changed:
            law = self._laws.get(work.name)
            if law is None:
                return
            law.in_hand.discard(work.seed)
            law.runs[work.seed] = run
            law.answer = None
            if why:
                law.why[work.seed] = why
            self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """Runs that are wanted and not begun."""
        with self._changed:
            self._forget()
            return sum(len(self._left(law)) for law in self._wanted().values())

    def _forget(self) -> None:
        """Visitors who have not asked again, and laws that nobody looks at if there are too many."""
        oldest = self._clock() - self._patience
        self._visitors = {who: visit for who, visit in self._visitors.items() if visit[0] >= oldest}
        wanted = self._wanted()
        for name in [name for name in self._laws if name not in wanted]:
            if self._laws[name].why or len(self._laws) > _GROWING:  # what failed is tried again when it is asked for again
                del self._laws[name]

    def _wanted(self) -> dict[str, _Grown]:
        names = dict.fromkeys(name for _, names in self._visitors.values() for name in names)
        return {name: self._laws[name] for name in names if name in self._laws}

    def _left(self, law: _Grown) -> list[int]:
        """The seeds of a law that nobody has in hand, in order."""
        if law.hopeless:
            return []
        return [seed for seed in self._explorer.design.seeds if seed not in law.runs and seed not in law.in_hand]

    def _next(self) -> Work | None:
        self._forget()
        waiting = {name: left for name, law in self._wanted().items() if (left := self._left(law))}
        if not waiting:
            return None
        name = min(waiting, key=lambda one: -len(waiting[one]))
        return Work(name, self._laws[name].scenario, waiting[name][0])

    def _answer(self, name: str, scenario: Scenario) -> Answer:
        seeds = self._explorer.design.seeds
        if (kept := self._kept.get(name)) is not None:
            return Answer(len(seeds), False, kept)
        law = self._laws.get(name)
        if law is None:
            runs = self._earlier.runs(name, seeds) if self._earlier else {}
            law = self._laws[name] = _Grown(scenario, runs)
        self._laws.move_to_end(name)
        if law.answer is None:
            told = self._told(law)
            law.answer = Answer(told.done, told.more, self._write(told))
            if not told.more and not told.failed:
                self._kept.put(name, law.answer.body)
                del self._laws[name]
        return law.answer

    def _told(self, law: _Grown) -> Growing:
        seeds, looked_at = self._explorer.design.seeds, self._explorer.text.explorer.timelines
        runs = [law.runs[seed].gist if seed in law.runs else None for seed in seeds]
        reasons = Counter(law.why.values()).most_common(1)
        return Growing(
            cell=cell_of(law.scenario, runs, self._explorer),
            missing=tuple(number for number, run in enumerate(runs[:looked_at]) if run is None),
            done=len(law.runs),
            of=len(seeds),
            more=len(law.runs) < len(seeds) and not law.hopeless,
            failed=len(law.why),
            why=reasons[0][0] if reasons else "",
            said=next((law.runs[seed].error for seed in law.why), ""),
        )
