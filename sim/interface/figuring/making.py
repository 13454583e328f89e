"""A folder of results drawn in a style, and the figures written to a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import InputError, Problem, did_you_mean
from sim.experiment.manifest import manifest
from sim.experiment.outputs import write_results
from sim.interface.figuring.drawing import Asked, Catalogue, Drawing, Wanting
from sim.interface.figuring.of_folders import (
    catalogue_attribution,
    catalogue_calibration,
    catalogue_classic,
    catalogue_patterns,
    catalogue_rests,
)
from sim.interface.figuring.of_runs import catalogue_runs
from sim.interface.figuring.of_sweeps import catalogue_sweep
from sim.interface.figuring.opening import Results
from sim.interface.style import rendered, styled
from sim.version import __version__

__all__ = ["Drawn", "catalogue_of", "draw_all"]

_DRAWN_OF: Final = "a folder that run, compare, sweep, attribute, rests, patterns, calibrate or classics wrote"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of it.

    Attributes:
        figures: what was drawn. wanting: what could not be, and why. files: all that was written.
    """

    figures: tuple[Drawing, ...]
    wanting: tuple[Wanting, ...]
    files: tuple[Path, ...]


def draw_all(
    results: Results,
    asked: Asked,
    formats: Collection[str],
    out: Path,
    *,
    force: bool,
    command: Sequence[str],
    tell: Callable[[int, int], None] | None = None,
) -> Drawn:
    """Draw the figures that a folder allows, and write them.

    Args:
        results: the folder. asked: which figures, and how.
        formats: of ``pdf``, ``svg`` and ``png``. out: where to write. force: whether to replace figures that are there.
        command: the words of the command, for the manifest.
        tell: called with the number of figures drawn, and of all.

    Raises:
        InputError: if the folder has no figures, a kind is not one of its, or nothing of what is asked for can be drawn.
        OutputError: if the files cannot be written.
    """
    found = catalogue_of(results, asked)
    _check(found)
    about = _made_of(results, asked)
    files: dict[str, bytes] = {}
    for number, one in enumerate(found.drawings, 1):
        with styled(asked.style):
            files |= rendered(one.make(), one.name, one.title, about, formats)
        if tell:
            tell(number, len(found.drawings))
    said = manifest(
        {},
        results.seeds,
        command=command,
        drawn_of=results.path.name,
        style=asked.style.name,
        results_made_by=results.manifest.get("protestlaw"),
        figures={one.name: {"kind": one.kind, "title": one.title} for one in found.drawings},
        not_drawn={one.kind: one.why for one in found.wanting},
    )
    written = write_results(out, files, said, force=force)
    return Drawn(tuple(found.drawings), tuple(found.wanting), tuple(written))


def catalogue_of(results: Results, asked: Asked) -> Catalogue:
    """The figures of a folder: those that can be drawn, and those that cannot.

    Raises:
        InputError: if the folder has no figures, or what it holds is not understood.
    """
    found = Catalogue(results, asked)
    _catalogue(results)(found)
    return found


def _catalogue(results: Results) -> Callable[[Catalogue], None]:
    """What knows the figures of a folder, by what made it.

    Raises:
        InputError: if nothing that is drawn made it.
    """
    said = results.manifest
    experiment = said.get("experiment", {})
    if "classic" in said:
        return catalogue_classic
    if "steps" in experiment:
        return catalogue_attribution
    if results.wrote("assumptions") and results.wrote("signs"):
        return catalogue_rests
    if "calibrated_on" in experiment:
        return catalogue_calibration
    if "design" in experiment:
        return catalogue_sweep
    if results.wrote("patterns"):
        return catalogue_patterns
    if results.wrote("summary") or results.wrote("effects"):
        return catalogue_runs
    raise InputError(str(results.path), [Problem("", "results that there are no figures of", _DRAWN_OF)])


def _check(found: Catalogue) -> None:
    """See that every kind that is asked for is known, and that anything can be drawn."""
    where, kinds = str(found.results.path), tuple(found.kinds)
    unknown = [kind for kind in found.asked.only if kind not in kinds]
    if unknown:
        known = f"figures of such a folder: {', '.join(kinds)}"
        raise InputError(where, [Problem("--only", repr(kind), known, did_you_mean(kind, kinds)) for kind in unknown])
    if not found.drawings:
        problems = [Problem(one.kind, one.why, "what the figure needs") for one in found.wanting]
        raise InputError(where, problems or [Problem("", "nothing that is asked for", f"figures: {', '.join(kinds)}")])


def _made_of(results: Results, asked: Asked) -> str:
    """What stands in the files' metadata: the version, the folder and the command, which are the same wherever it stands."""
    more = [f"--{name} {value}" for name, value in (("seed", asked.seed), ("assembly", asked.assembly)) if value is not None]
    words = " ".join(["protestlaw figures", results.path.resolve().name, f"--style {asked.style.name}", *more])
    return f"protestlaw {__version__}: {words}"
