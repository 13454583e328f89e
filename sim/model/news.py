"""What is public: the news, what people believe of the chance of sanction, and the law's legitimacy. Fades in closed form."""

from __future__ import annotations

from collections import defaultdict

from sim.behaviour import Behaviour, OrganiserBehaviour
from sim.behaviour.choice import blend
from sim.behaviour.decay import left

__all__ = ["Fading", "News"]


class Fading:
    """A number that fades by half in a time. Touched only when something is added to it.

    Attributes:
        half_life: in days. amount: what it was on ``day``, when something was last added.
    """

    __slots__ = ("amount", "day", "half_life")

    def __init__(self, half_life: float) -> None:
        self.half_life, self.amount, self.day = half_life, 0.0, 0

    def on(self, day: int) -> float:
        """What is left of it on a day."""
        return self.amount * float(left(day - self.day, self.half_life)) if self.amount else 0.0

    def add(self, day: int, amount: float) -> None:
        """Add to it on a day."""
        self.amount, self.day = self.on(day) + amount, day


class News:
    """What the town knows from press and networks.

    Attributes:
        belief: share of unlawful assemblies believed to be punished.
        standing: of the law, above or below that of an ordinary day.
        fear, anger, concern: what full-time readers feel, the last two by issue (utility).
        heard: assemblies that organisers of an issue heard of, by issue (count, fading as what they set off does).
        leave: answers known among organisers, by (stance, procedure): ``[allowed, answered]``. punished: of organisers of
            unlawful
        assemblies, ``[punished, known]``.
    """

    def __init__(self, behaviour: Behaviour, choices: OrganiserBehaviour, issues: int, belief: float) -> None:
        self.behaviour, self.belief = behaviour, belief
        half_life = behaviour.news_half_life
        self.fear = Fading(half_life)
        self.anger = [Fading(half_life) for _ in range(issues)]
        self.concern = [Fading(half_life) for _ in range(issues)]
        self.heard = [Fading(choices.echo_half_life) for _ in range(issues)]
        self.standing = Fading(behaviour.legitimacy_half_life)
        self.leave: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.punished = [0.0, 0.0]

    def mood(self, issue: int, day: int) -> float:
        """What the news of late adds to a full-time reader's utility of going out on an issue."""
        return self.concern[issue].on(day) + self.anger[issue].on(day) - self.fear.on(day)

    def legitimacy(self, day: int) -> float:
        """How far people defer to the law for its own sake: 1 on an ordinary day, never below 0."""
        return max(0.0, 1.0 + self.standing.on(day))

    def believe(self, *, punished: bool, coverage: float) -> None:
        """People saw what happened at an unlawful assembly, as far as it was covered (share of media)."""
        self.belief = blend(self.belief, float(punished), self.behaviour.learning * coverage)

    def judge(self, day: int, *, fair: bool, coverage: float) -> None:
        """People saw the law applied in a way that raises or lowers its standing, as far as it was covered."""
        step = self.behaviour.legitimacy_step * coverage
        self.standing.add(day, step if fair else -step)
