"""Known truth: what analysts of event data would conclude of a law, against what it does. Reads the runs of a sweep.

Run from the top of a checkout, after ``protestlaw sweep known-truth``::

    python -m experiments.known_truth results/known-truth        # writes results/known-truth-analysis

It writes ``misjudged.csv``, ``significance.csv``, ``codebook.csv``, ``manifest.json`` and the figure ``misjudged`` (png, svg).
Made again from the same runs they are the same, but for ``this_time`` in the manifest.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.errors import InputError, Problem, ProtestlawError
from sim.experiment.known_truth import YEARS, misjudged, significance
from sim.experiment.manifest import manifest
from sim.experiment.outputs import MANIFEST, to_csv, write_results
from sim.experiment.reporting import DATA, SEEN
from sim.interface.style import GREY, WIDTH, B, Look, paper, rendered
from sim.measurement import INDICATORS

FACTOR, BEFORE, BY = "law", "1995", "freedom"

LAWS = {"bill": B, "bill-without-press-rule": Look("#009E73", "^", ":", "C")}
"""The reforms, and how they look."""

_SHARE = "share of histories"
_OUTCOME = "as the outcome"
_LOW, _HIGH = "Lower end of its 95 % interval over seeds", "Upper end of its 95 % interval over seeds"

COLUMNS: dict[str, tuple[str, str, str, str]] = {
    "law": ("str", "", "Law after the reform; before it is the law of 1995", "|".join(LAWS)),
    "freedom": ("float64", "share", "Freedom of the press, from none (0) to full (1)", ""),
    "outcome": ("str", "", "Indicator of what happened; see the table runs of the sweep", "|".join(SEEN)),
    "data": (
        "str",
        "",
        "What the analyst has: every event; the catalogue; that over the reporting rate before, or over each law's own",
        "|".join(DATA),
    ),
    "years": ("int64", "years", "Years before the reform, and after it, of which the analyst takes means", ""),
    "test": ("str", "", "By which an analyst tells whether there is an effect", "negative_binomial|poisson|welch"),
    "true_before": ("float64", _OUTCOME, "True mean before", ""),
    "true_after": ("float64", _OUTCOME, "True mean after", ""),
    "effect": ("float64", _OUTCOME, "True effect: mean difference of pairs with one seed", ""),
    "effect_low": ("float64", _OUTCOME, _LOW, ""),
    "effect_high": ("float64", _OUTCOME, _HIGH, ""),
    "seen_before": ("float64", _OUTCOME, "Mean of what the data show before", ""),
    "seen_after": ("float64", _OUTCOME, "Mean of what the data show after", ""),
    "estimate": ("float64", _OUTCOME, "Mean of what analysts estimate the effect to be", ""),
    "bias": ("float64", _OUTCOME, "Estimate - effect", ""),
    "bias_low": ("float64", _OUTCOME, _LOW, ""),
    "bias_high": ("float64", _OUTCOME, _HIGH, ""),
    "ratio": ("float64", "", "Estimate / effect", ""),
    "ratio_low": ("float64", "", _LOW, ""),
    "ratio_high": ("float64", "", _HIGH, ""),
    "wrong_sign": ("float64", _SHARE, "Whose estimate has the other sign than the true effect", ""),
    "wrong_sign_low": ("float64", _SHARE, _LOW, ""),
    "wrong_sign_high": ("float64", _SHARE, _HIGH, ""),
    "no_difference": ("float64", _SHARE, "Whose estimate is exactly 0", ""),
    "spread": ("float64", _OUTCOME, "Standard deviation of the estimates between histories", ""),
    "significant": ("float64", _SHARE, "In which the test finds an effect (two-sided, 5 %)", ""),
    "significant_low": ("float64", _SHARE, _LOW, ""),
    "significant_high": ("float64", _SHARE, _HIGH, ""),
    "wrong_significant": ("float64", "share of significant", "Type S error: those of them with the wrong sign", ""),
    "wrong_significant_low": ("float64", "share of significant", _LOW, ""),
    "wrong_significant_high": ("float64", "share of significant", _HIGH, ""),
    "exaggeration": ("float64", "", "Type M error: mean size of the significant estimates / size of the true effect", ""),
    "histories": ("int64", "histories", "Histories: years before, and other years after", ""),
    "seeds": ("int64", "seeds", "Seeds (simulated years) that have a value under both laws", ""),
    "left_out": ("int64", "seeds", "Seeds that have none", ""),
    "note": ("str", "", "What to beware of", ""),
}


def runs_of(folder: Path) -> pd.DataFrame:
    """The runs table of a sweep's folder."""
    file = folder / "runs.csv"
    if not file.is_file():
        raise InputError(
            str(folder), [Problem("runs.csv", "no such file", "the folder of a finished protestlaw sweep known-truth")]
        )
    return pd.read_csv(file, dtype={FACTOR: "str"}, keep_default_na=False, na_values=[""])


def codebook_of(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What the columns mean, as in every results folder."""
    rows = []
    for table, found in tables.items():
        for name in found.columns:
            kind, unit, meaning, levels = COLUMNS[str(name)]
            rows.append((table, str(name), str(name).replace("_", " "), kind, unit, meaning, levels))
    return pd.DataFrame(rows, columns=["table", "name", "label", "type", "unit", "meaning", "levels"], dtype="str")


def figure_of(found: pd.DataFrame) -> Figure:
    """For events and attendance the effect, true and as reported, and how often its sign is wrong, by press freedom."""
    figure = Figure(figsize=(WIDTH, 4.4), layout="constrained")
    panels = figure.subplots(2, 3, sharex=True)
    most = max(YEARS)
    for row, outcome in zip(panels, ("events_held", "attendance"), strict=True):
        own = found[found["outcome"] == outcome]
        _effects(row[0], own[own["years"] == 1])
        for axes, years in zip(row[1:], (1, most), strict=True):
            _wrong(axes, own[own["years"] == years])
        row[0].set_ylabel(f"{INDICATORS[outcome].label}, a year")
        row[1].set_ylabel("Share with wrong sign")
    titles = ("a  Mean effect", "b  1 year either side", f"c  {most} years", "d", "e", "f")
    for axes, title in zip(panels.flat, titles, strict=True):
        axes.set_title(title)
    for axes in panels[1]:
        axes.set_xlabel("Press freedom")
    for axes in panels[:, 1:].flat:
        axes.set_ylim(0, 0.62)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper left", ncols=3)
    return figure


def _effects(axes: Axes, own: pd.DataFrame) -> None:
    axes.axhline(0, color=GREY, linewidth=0.7)
    truth = own[(own["law"] == next(iter(LAWS))) & (own["data"] == "complete")]
    axes.fill_between(truth[BY], truth["effect_low"], truth["effect_high"], color="#DDDDDD", linewidth=0)
    axes.plot(truth[BY], truth["effect"], color="black", label="All events (bill)")
    for law, look in LAWS.items():
        seen = own[(own["law"] == law) & (own["data"] == "observed")]
        name = "Reported events (bill)" if law == "bill" else "Reported events (bill, no press rule)"
        low, high = (seen["effect"] + seen[end] for end in ("bias_low", "bias_high"))
        axes.errorbar(seen[BY], seen["estimate"], [seen["estimate"] - low, high - seen["estimate"]], label=name, **_style(look))


def _wrong(axes: Axes, own: pd.DataFrame) -> None:
    axes.axhline(0.5, color=GREY, linewidth=0.7, linestyle=(0, (1, 2)))
    every = own[(own["law"] == next(iter(LAWS))) & (own["data"] == "complete")]
    axes.plot(every[BY], every["wrong_sign"], color="black")
    axes.fill_between(every[BY], every["wrong_sign_low"], every["wrong_sign_high"], color="#DDDDDD", linewidth=0)
    for law, look in LAWS.items():
        seen = own[(own["law"] == law) & (own["data"] == "observed")]
        middle = seen["wrong_sign"]
        ends = [middle - seen["wrong_sign_low"], seen["wrong_sign_high"] - middle]
        axes.errorbar(seen[BY] + (0.012 if law != "bill" else -0.012), middle, ends, **_style(look))


def _style(look: Look) -> dict[str, object]:
    return {"color": look.colour, "marker": look.marker, "linestyle": look.line, "elinewidth": 0.8}


def analyse(folder: Path, out: Path, command: list[str]) -> list[Path]:
    """Judge the judgements from the runs of a folder, and write what comes of it to another."""
    began = time.monotonic()
    runs = runs_of(folder)
    tables = {make.__name__: make(runs, FACTOR, BEFORE, [BY]) for make in (misjudged, significance)}
    seeds = sorted(map(int, np.unique(runs["seed"])))
    files = {f"{name}.csv": to_csv(table) for name, table in tables.items()} | {"codebook.csv": to_csv(codebook_of(tables))}
    with paper():
        about = f"protestlaw: {folder.name}, {len(seeds)} seeds"
        files |= rendered(figure_of(tables["misjudged"]), "misjudged", "What event data say of a law, against the truth", about)
    swept = json.loads((folder / MANIFEST).read_text(encoding="utf-8")) if (folder / MANIFEST).is_file() else {}
    made_of = {
        "folder": folder.name,
        "runs_sha256": hashlib.sha256((folder / "runs.csv").read_bytes()).hexdigest(),
        "experiment": swept.get("experiment"),
        "protestlaw": swept.get("protestlaw"),
    }
    whole = manifest({}, seeds, command=command, seconds=time.monotonic() - began, made_of=made_of)
    return write_results(out, files, whole, force=True)


def main(words: list[str]) -> int:
    """``FOLDER [OUT]``; the exit code."""
    if not 1 <= len(words) <= 2:
        print("python -m experiments.known_truth FOLDER [OUT]", file=sys.stderr)
        return 2
    folder = Path(words[0])
    out = Path(words[1]) if len(words) > 1 else folder.with_name(f"{folder.name}-analysis")
    try:
        written = analyse(folder, out, ["python", "-m", "experiments.known_truth", *words])
    except ProtestlawError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(map(str, written)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
