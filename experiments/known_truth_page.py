"""The tables in docs/findings/known-truth.md, made of the results: ``python -m experiments.known_truth_page`` renews them.

A table stands between two comments; the first says which: ``<!-- judged: effects -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from experiments.known_truth import BY

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "findings" / "known-truth.md"
RESULTS = ROOT / "results" / "known-truth-analysis"
MARKED = re.compile(r"(<!-- judged: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

type Picked = Callable[..., pd.Series]


def effects(pick: Picked) -> list[str]:
    """The effect on events, true and as reported."""
    true, seen, scaled = pick(), pick(data="observed"), pick(data="one_rate")
    return [
        f"{true['effect']:+.1f} [{true['effect_low']:.1f}, {true['effect_high']:.1f}]",
        f"{seen['seen_before']:.1f}, {seen['seen_after']:.1f}",
        f"{seen['estimate']:+.1f}",
        _share(seen, "ratio"),
        _share(scaled, "ratio"),
    ]


def signs(pick: Picked) -> list[str]:
    """How often the sign of the effect on events is wrong."""
    more = [pick(data="observed", years=years) for years in (3, 5)]
    rest = [pick(data="own_rates"), pick(data="observed", law="bill-without-press-rule")]
    alone = [_percent(one["wrong_sign"]) for one in (*more, *rest)]
    return [_percent(pick()["wrong_sign"]), _share(pick(data="observed"), "wrong_sign"), *alone]


TABLES = {
    "effects": (
        effects,
        ("true effect", "reported before, after", "reported effect", "part of the effect seen", "in per cent terms"),
    ),
    "signs": (
        signs,
        ("every event, 1 year", "reported, 1 year", "3 years", "5 years", "own rates known, 1 year", "no press rule, 1 year"),
    ),
}


def renewed(page: str, found: pd.DataFrame) -> str:
    """A page with its tables made anew.

    Args:
        page: its text. found: the table ``misjudged``.
    """
    return MARKED.sub(lambda mark: f"{mark[1]}{_table(mark[2], found)}\n{mark[3]}", page)


def _table(name: str, found: pd.DataFrame) -> str:
    cells, head = TABLES[name]
    rows = [["press freedom", *head], ["---"] * (len(head) + 1)]
    for freedom in sorted(found[BY].unique()):

        def pick(freedom: float = freedom, **where: object) -> pd.Series:
            wanted = {BY: freedom, "law": "bill", "outcome": "events_held", "data": "complete", "years": 1} | where
            (place,) = found.index[(found[list(wanted)] == pd.Series(wanted)).all(axis=1)]
            return found.loc[place]

        rows.append([f"{freedom:g}", *cells(pick)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _share(row: pd.Series, name: str) -> str:
    low, high = (100 * row[f"{name}_{end}"] for end in ("low", "high"))
    return f"{_percent(row[name])} [{low:.0f}, {high:.0f}]"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), pd.read_csv(RESULTS / "misjudged.csv")), encoding="utf-8")
