"""What was weighed in a decision, as values: so that its reasons can be asked for and need not be worked out a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sim.institutions.docket import Plan

__all__ = ["Account", "Choice", "Eve", "Ground", "Odds", "Ruling", "Weighed"]


class Account(NamedTuple):
    """What a plan is worth and what that is made of, in log-persons unless another unit is named.

    With ``leave`` the chance of leave: ``worth = leave * (lawful - overrun) + (1 - leave) * (unlawful or giving up) - filing``;
    if no leave is asked for, it is that of going without, ``unlawful``.

    Attributes:
        worth: the payoff. persons, persons_unlawful: the crowd expected if it is lawful, and if not.
        effort: cost of calling people. lawful: what being there is worth less that cost. unlawful: the same against the law, less
            taste for legality and expected sanction.
        legality: taste for legality. punished: chance it sees of being punished. offence: what for. threat: the most the law
            threatens it with for that, in its monthly wages.
        leave: chance it sees of leave; 1 where none is owed, none where it goes without. overrun: expected loss from passing a
            limit. filing: cost of filing.
    """

    worth: float
    persons: float = 0.0
    persons_unlawful: float = 0.0
    effort: float = 0.0
    lawful: float = 0.0
    unlawful: float = 0.0
    legality: float = 0.0
    punished: float = 0.0
    offence: str = ""
    threat: float = 0.0
    leave: float | None = None
    overrun: float = 0.0
    filing: float = 0.0


class Weighed(NamedTuple):
    """An option as it was weighed.

    Attributes:
        way: a strategy (:data:`sim.record.STRATEGIES`) or a way out (:data:`sim.institutions.organiser.WAYS`).
        plan: what would be done. worth: its payoff, log-persons. noise: its coin, a standard Gumbel number.
        account: what the payoff is made of, where it was asked for.
    """

    way: str
    plan: Plan
    worth: float
    noise: float
    account: Account | None = None


class Choice(NamedTuple):
    """A choice and everything that was weighed for it.

    The option taken has the largest ``worth + scale * noise`` (a slot held without wanting to come apart); whether to act at all
    compares ``acting + scale_whether * whether[1]`` with ``waiting + scale_whether * whether[0]``.

    Attributes:
        question: ``plan`` or ``way_out``. day: when. options: all there were.
        taken: the place of the one taken, or none if it waits.
        scale: of the options' coins, log-persons. waiting, acting, whether, scale_whether: as above, of a ``plan`` only.
    """

    question: str
    day: int
    options: tuple[Weighed, ...]
    taken: int | None
    scale: float
    waiting: float = 0.0
    acting: float = 0.0
    whether: tuple[float, float] | None = None
    scale_whether: float = 0.0


class Eve(NamedTuple):
    """The last look at an assembly that is due: it goes ahead if ``gain + noise`` is above 0 (log-persons).

    Attributes:
        day: when. expected: persons it now expects. gain: what being there is worth less the effort that giving up would save.
        noise: its coin, scaled.
    """

    day: int
    expected: float
    gain: float
    noise: float


class Ground(NamedTuple):
    """A ground with discretion that the law gives: it can be made to fit if its ``coin`` lies below its ``breadth``."""

    name: str
    breadth: float
    coin: float


class Ruling(NamedTuple):
    """What an authority's answer rests on. Something happens if its coin (0 to 1) lies below its chance.

    Attributes:
        silence, silence_coin: staying silent. wish, wish_coin: acting on not wanting it. grounds: those with discretion.
        facts: grounds of the law that lie in facts, whether they are there or not.
        formalism, formalism_coin: holding formal defects against a filing that is wanted. by_court: whether only a court may
            prohibit it. lawless: refusing without any ground.
    """

    silence: float
    silence_coin: float
    wish: float
    wish_coin: float
    grounds: tuple[Ground, ...]
    facts: tuple[str, ...]
    formalism: float
    formalism_coin: float
    by_court: bool
    lawless: float


class Odds(NamedTuple):
    """Something that happens if its ``coin`` lies below its ``chance`` (both 0 to 1)."""

    name: str
    chance: float
    coin: float
