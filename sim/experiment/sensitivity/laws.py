"""Between two laws: the provisions in which they differ, in groups a reader understands, and every mixture of the two."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sim.errors import LawError, ModelError, Problem, did_you_mean
from sim.law import Regime
from sim.law.diff import Difference, diff
from sim.law.provisions import RegimeHead
from sim.scenario import Scenario
from sim.texts import accept

__all__ = ["Group", "LawsBetween", "laws_between"]

_PARTS: Final = tuple(name for name in Regime.model_fields if name not in {"regime", "sources"})
_DIVISIBLE: Final = ("limits", "sanctions")
"""Tables of provisions that can be told apart: which limit, who is punished."""

type Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Some provisions that move from one law to the other together.

    Attributes:
        name: what it is called: the tables of the law text, joined by ``+`` if they make no law apart (``threshold +
            procedures``).
        parts: these tables.
        differences: what law B says differently there, as ``protestlaw diff`` tells it.
    """

    name: str
    parts: Parts
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LawsBetween:
    """Two laws and what lies between them.

    Attributes:
        a, b: the laws.
        groups: the provisions in which they differ, in the order of a law text.
    """

    a: Regime
    b: Regime
    groups: tuple[Group, ...]
    _made: dict[frozenset[str], Regime] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the groups, as :func:`~sim.experiment.sensitivity.attribution.attribute` wants them."""
        return tuple(group.name for group in self.groups)

    def make(self, subset: Collection[str]) -> Regime:
        """Law A with some groups of provisions as in law B; with none it says what A says, with all what B says.

        Raises:
            LawError: if that is no law, naming the groups that do not go together.
            ModelError: if there is no such group.
        """
        chosen = frozenset(subset)
        for name in sorted(chosen - set(self.names)):
            near = did_you_mean(name, self.names)
            hint = f"; did you mean {near!r}?" if near else ""
            raise ModelError(f"no group of provisions is called {name!r}; known: {', '.join(self.names)}{hint}")
        if chosen not in self._made:
            taken = [group for group in self.groups if group.name in chosen]
            self._made[chosen] = self.a if not taken else _mixed(self.a, self.b, [group.parts for group in taken])
        return self._made[chosen]

    def scenario(self, base: Scenario, subset: Collection[str]) -> Scenario:
        """A scenario under such a law from its first day on; being no law that ever was, it is counterfactual.

        Raises:
            LawError, ModelError: as :meth:`make`.
            ModelError: if the scenario has reforms, which would replace the mixture during the run.
        """
        if base.reforms:
            raise ModelError(f"scenario {base.name} has reforms, which would replace a mixture of two laws during the run")
        about = base.scenario.model_copy(update={"counterfactual": True})
        return base.model_copy(update={"law": self.make(subset), "scenario": about})


def laws_between(a: Regime, b: Regime, *, split: Collection[str] = (), together: Sequence[Collection[str]] = ()) -> LawsBetween:
    """The groups of provisions in which two laws differ, and what makes the laws between them.

    A group is a table of the law text (``refusal``, ``places``, ``sanctions`` ...). Tables that only make a law together, as a
    threshold and the procedure rows that refer to it, are one group; what differs in words only (titles, sources, notes) is none.

    Args:
        a: the law to begin with.
        b: the law to arrive at.
        split: tables of provisions to tell apart, each with a group for every table in it: ``limits``, ``sanctions``.
        together: tables to move together, each collection as one group, so that fewer mixtures are to be run. A table in which
            the laws do not differ may be among them.

    Raises:
        ModelError: if a table cannot be split, one is unknown or in two collections, or the laws do not differ.
        LawError: if no grouping but the whole law makes laws of all mixtures.
    """
    wrong = [name for name in split if name not in _DIVISIBLE]
    if wrong:
        raise ModelError(f"{wrong[0]!r} cannot be split; allowed: {', '.join(_DIVISIBLE)}")
    groups: list[Parts] = [(part,) for part in _divided(split) if _of(a, part) != _of(b, part)]
    groups = _that_make_laws(a, b, _joined(groups, together, split))
    groups = [parts for parts in groups if _matters(a, b, parts)]
    if not groups:
        raise ModelError(f"{a.regime.title!r} and {b.regime.title!r} do not differ: there is nothing between them")
    told = tuple(Group(" + ".join(parts), parts, tuple(diff(a, _mixed(a, b, [parts])))) for parts in groups)
    return LawsBetween(a, b, told)


def _divided(split: Collection[str]) -> Iterator[str]:
    for part in _PARTS:
        if part in split:
            yield from (f"{part}.{name}" for name in type(Regime.model_fields[part].get_default()).model_fields)
        else:
            yield part


def _joined(groups: list[Parts], together: Sequence[Collection[str]], split: Collection[str]) -> list[Parts]:
    """The groups, with those in one collection as one."""
    known, named = list(_divided(split)), [part for own in together for part in own]
    for part in named:
        if part not in known or named.count(part) > 1:
            near = did_you_mean(part, known)
            hint = f"; did you mean {near!r}?" if near and near != part else ""
            raise ModelError(f"together: found {part!r}; allowed, each once: {', '.join(known)}{hint}")
    for own in together:
        members = [group for group in groups if set(group) & set(own)]
        if members:
            merged = functools.reduce(_together, members)
            groups = [merged if group == members[0] else group for group in groups if group not in members[1:]]
    return groups


def _of(law: Regime, part: str) -> Any:
    return functools.reduce(getattr, part.split("."), law)


def _that_make_laws(a: Regime, b: Regime, groups: list[Parts]) -> list[Parts]:
    """The groups, those merged that make no law apart: each must fit law A when it is added, and law B when it is taken back."""
    while True:
        lame = next((group for group in groups if not _fits(a, b, group)), None)
        if lame is None:
            return groups
        others = [group for group in groups if group != lame]
        partner = next((other for other in others if _fits(a, b, _together(lame, other))), None)
        if partner is None and not others:
            raise LawError(f"{a.regime.title} to {b.regime.title}", [Problem(lame[0], "what makes no law", "two valid laws")])
        partner = partner or others[0]  # three or more that only go together: the next turn finds the next
        merged = _together(lame, partner)
        groups = [merged if group == lame else group for group in groups if group != partner]


def _together(one: Parts, other: Parts) -> Parts:
    order = [*_PARTS]
    return tuple(sorted((*one, *other), key=lambda part: (order.index(part.partition(".")[0]), part)))


def _fits(a: Regime, b: Regime, group: Parts) -> bool:
    try:
        _mixed(a, b, [group])
        _mixed(b, a, [group])
    except LawError:
        return False
    return True


def _matters(a: Regime, b: Regime, group: Parts) -> bool:
    """Whether a group says something else in the two laws, beside other words, whichever law the rest is from."""
    return _mixed(a, b, [group]).fingerprint != a.fingerprint or _mixed(b, a, [group]).fingerprint != b.fingerprint


def _mixed(a: Regime, b: Regime, groups: Sequence[Parts]) -> Regime:
    """Law A with some parts as in law B.

    Raises:
        LawError: if that is no law.
    """
    parts = [part for group in groups for part in group]
    called = " and ".join(" + ".join(group) for group in groups)
    fields: dict[str, Any] = {name: getattr(a, name) for name in Regime.model_fields}
    for part in parts:
        table, _, inner = part.partition(".")
        own = fields[table]
        fields[table] = own.model_copy(update={inner: _of(b, part)}) if inner else getattr(b, table)
    fields["sources"] = _sources(a, b)
    fields["regime"] = RegimeHead(
        title=f"{a.regime.title}, with {called} of {b.regime.title}",
        jurisdiction=a.regime.jurisdiction,
        status="bill",  # it never was in force
        in_force=max(a.regime.in_force, b.regime.in_force),
        description=f"A mixture for analysis: {called} as in the second law, all else as in the first.",
        edits=(*a.regime.edits, *(f"{part} as in {b.regime.title}" for part in parts)),
    )
    return accept(Regime, fields, f"{a.regime.title} with {called} of {b.regime.title}", LawError)


def _sources(a: Regime, b: Regime) -> dict[str, str]:
    """What the marks of both laws stand for; a mark that stands for two things tells both."""
    found = dict(b.sources)
    for mark, text in a.sources.items():
        other = found.get(mark, text)
        both = f"in {a.regime.title}: {text}; in {b.regime.title}: {other}"
        found[mark] = text if text == other else both
    return found
