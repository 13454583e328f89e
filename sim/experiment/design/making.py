"""From the text of a factor to the factor."""

from __future__ import annotations

import dataclasses

from sim.experiment.design.factors import Factor
from sim.experiment.design.keys import Explained, explained, flat
from sim.experiment.design.text import FactorText

__all__ = ["factor_of"]


def factor_of(name: str, text: FactorText) -> Factor:
    """The factor of a text. What it leaves out is taken from its key: what that means, and its unit.

    Args:
        name: the factor's. text: what is said of it.
    """
    named = {level: dict(flat(settings)) for level, settings in text.levels.items()} if isinstance(text.levels, dict) else {}
    keys = tuple(dict.fromkeys(key for settings in named.values() for key in settings)) if named else text.key or (name,)
    said = explained(keys[0]) if len(keys) == 1 else Explained("", "")
    words = text.written.replace("{}", "").strip()
    factor = Factor(
        name,
        keys,
        label=text.label or name.replace("_", " ").capitalize(),
        unit=text.unit if text.unit is not None else words or ("" if named else said.unit),
        meaning=said.meaning,
        range=text.range,
        scale=text.scale,
        whole=text.whole,
        written=text.written,
        named=named,
    )
    levels = factor.stepped(text.steps or 0) if text.levels is None else tuple(text.levels)
    return dataclasses.replace(factor, levels=levels)
