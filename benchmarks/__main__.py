"""The command: ``python -m benchmarks [WORK ...] [--quick] [--against COMMIT] [--out DIR]``."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.comparing import NoSuchCommit, at_commit, commit_of
from benchmarks.figures import curves_of, drawn, slopes
from benchmarks.running import Outcome, Place, measure, tell
from benchmarks.table import budget_rows, comparison_rows, rendered
from benchmarks.work import Work, known
from benchmarks.writing import free_name, write_all

ROOT = Path(__file__).resolve().parents[1]


def main(words: Sequence[str] | None = None, works: dict[str, Work] | None = None, root: Path = ROOT) -> int:
    """Measure, print, write. Returns 1 if a work failed; a missed budget is no error."""
    works = known() if works is None else works
    asked = _arguments(works).parse_args(words)
    chosen = [works[name] for name in dict.fromkeys(asked.works or works)]
    if asked.list:
        print("\n".join(f"{work.name:<14} {work.about}" for work in chosen))
        return 0
    try:
        here = commit_of(root)
    except NoSuchCommit:
        here = "no-checkout"
    try:
        with _places(root, here, asked.against) as places:
            return _measured(chosen, places, asked, here)
    except NoSuchCommit as error:
        tell(f"--against {asked.against}: {error}")
        return 2


def _arguments(works: dict[str, Work]) -> argparse.ArgumentParser:
    example = "Example: python -m benchmarks almaty doubling --against HEAD~1"
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measure speed and memory.", epilog=example)
    parser.add_argument("works", nargs="*", metavar="WORK", choices=[*works, []], help=f"what to measure: {', '.join(works)}")
    parser.add_argument("--quick", action="store_true", help="smaller works, fewer repeats: to see that it runs; says so")
    parser.add_argument("--against", metavar="COMMIT", help="measure another commit too, in turn with this one")
    parser.add_argument("--repeats", type=_positive, metavar="N", help="how often each work is measured, or how many pairs")
    parser.add_argument("--out", type=Path, default=Path("results/benchmarks"), metavar="DIR", help="where to (%(default)s)")
    parser.add_argument("--list", action="store_true", help="name the works and end")
    return parser


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1 is wanted; found {text!r}")
    return int(text)


@contextlib.contextmanager
def _places(root: Path, here: str, against: str | None) -> Iterator[list[Place]]:
    """Where is measured: the other commit first, if there is one."""
    with contextlib.ExitStack() as stack:
        caches = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="protestlaw-benchmarks-")))
        own = Place(root, caches / "here", here)
        if against is None:
            yield [own]
        else:
            tree = stack.enter_context(at_commit(root, against))
            yield [Place(tree, caches / "other", commit_of(root, against)), own]


def _measured(chosen: Sequence[Work], places: list[Place], asked: argparse.Namespace, here: str) -> int:
    warnings = []
    if (load := machine.load()) > machine.BUSY * machine.processors():
        warnings.append(f"the machine was busy before anything was measured: load average {load:.1f}")
        tell(f"warning: {warnings[-1]}")
    done = [measure(work, places, quick=asked.quick, repeats=asked.repeats) for work in chosen]
    own = [outcomes[-1] for outcomes in done]
    rows = budget_rows(own)
    pairs = [row for outcomes in done if len(outcomes) > 1 for row in comparison_rows(*outcomes)]
    warnings += _doubts([outcome for outcomes in done for outcome in outcomes])
    print(rendered(rows) if rows else "no budgets")
    for outcome in own:
        _print_rest(outcome)
    if pairs:
        print(f"\n{places[0].label} (other) against {here} (here)\n{rendered(pairs)}")
    for warning in warnings:
        print(f"warning: {warning}")
    written = _write(own, done, rows, pairs, warnings, places, asked)
    print("\n".join(f"written: {path}" for path in written))
    return int(any(outcome.failed for outcomes in done for outcome in outcomes))


def _print_rest(outcome: Outcome) -> None:
    """In what way less was done, what else is to be told, and the slopes."""
    if outcome.reduced:
        print(f"{outcome.work.name}: smaller than the budgets ask: {outcome.reduced}")
    if outcome.shots:
        for name, fact in outcome.shots[-1]["facts"].items():
            print(f"{outcome.work.name}: {name}: {fact}")
    for name, series in curves_of(outcome).items():
        print(f"{outcome.work.name}: slopes against {name}: {', '.join(f'{k} {v:.2f}' for k, v in slopes(series).items())}")


def _doubts(outcomes: Sequence[Outcome]) -> list[str]:
    """Works during which others used the processors."""
    doubts = []
    for outcome in outcomes:
        others = [shot["others"] for shot in outcome.shots if shot["others"] is not None]
        if others and max(others) > machine.BUSY:
            doubts.append(f"{outcome.work.name}: others used up to {max(others):.1f} processors meanwhile")
    return list(dict.fromkeys(doubts))


def _write(
    own: Sequence[Outcome],
    done: Sequence[Sequence[Outcome]],
    rows: list[dict[str, Any]],
    pairs: list[dict[str, Any]],
    warnings: list[str],
    places: list[Place],
    asked: argparse.Namespace,
) -> list[Path]:
    now = datetime.datetime.now(datetime.UTC)
    labels = [place.label.replace("+", "-changed") for place in reversed(places)]
    name = free_name(asked.out, f"{now.date()}-{'-against-'.join(labels)}")
    curves = {curve: series for outcome in own for curve, series in curves_of(outcome).items()}
    document = {
        "measured": now.isoformat(timespec="seconds"),
        "commits": [place.label for place in places],
        "quick": asked.quick,
        "machine": machine.about(),
        "warnings": warnings,
        "budgets": [{**row, "verdict": row["verdict"].partition(":")[0]} for row in rows],  # an error may name a path
        "comparison": pairs,
        "works": [
            {
                "work": outcome.work.name,
                "about": outcome.work.about,
                "commit": place.label,
                "reduced": outcome.reduced,
                "failed": bool(outcome.failed),
                "shots": [{key: shot[key] for key in ("values", "facts", "skipped", "load", "others")} for shot in outcome.shots],
            }
            for outcomes in done
            for place, outcome in zip(places, outcomes, strict=True)
        ],
        "curves": {curve: {"points": series, "slopes": slopes(series)} for curve, series in curves.items()},
    }
    about = f"{machine.about()['processor']}, {labels[0]}{', quick' if asked.quick else ''}"
    figures = {file: content for curve, series in curves.items() for file, content in drawn(curve, series, about).items()}
    return write_all(asked.out, name, document, figures)


if __name__ == "__main__":
    sys.exit(main())
