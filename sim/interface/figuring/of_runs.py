"""The figures of what ``run`` and ``compare`` wrote."""

from __future__ import annotations

from functools import partial

from sim.errors import InputError, ModelError, Problem
from sim.interface.figures import Shown, lawful_shares, turnouts
from sim.interface.figuring.bunching import bunching_figure
from sim.interface.figuring.docket import RULE, docket, most_telling
from sim.interface.figuring.drawing import Catalogue
from sim.interface.figuring.filing_calendar import filing_calendar
from sim.interface.figuring.incomes import came_by_income, crossed_by_income
from sim.interface.figuring.levels import levels
from sim.interface.figuring.rerunning import pairs_of, term_of
from sim.interface.figuring.setting import Setting
from sim.interface.figuring.timeline import OneRun, timeline
from sim.interface.figuring.town_map import Ground, town_map

__all__ = ["catalogue_runs"]

_YEAR = 365.0


def catalogue_runs(found: Catalogue) -> None:
    """Add the figures of runs of one scenario, or of A and B.

    Raises:
        InputError: if the folder has no run with the seed that is asked for, or no such assembly.
    """
    results, names = found.results, found.results.names
    settings = [results.setting(name) for name in names]
    called = _called(settings)
    letters = "AB" if len(names) > 1 else ("",)
    seed = _seed(found)
    if found.has("turnout", "assemblies"):
        shown = [
            Shown(title, results.rows("assemblies", name), len(results.seeds) * one.about.days / _YEAR, one.law.threshold_value)
            for title, name, one in zip(called, names, settings, strict=True)
        ]
        found.add("turnout", "Turnout and declared sizes", partial(turnouts, shown))
    if len(names) > 1:
        _of_pairs(found, (called[0], called[1]))
    elif found.has("incomes", "citizens"):
        rows = results.rows("citizens", names[0])
        found.add("incomes", "Participation by income", partial(came_by_income, rows, called[0]))
    if found.has("timeline", "assemblies"):
        lives = [
            OneRun(title, letter, seed, one, results.rows("assemblies", name, seed))
            for title, letter, name, one in zip(called, letters, names, settings, strict=True)
        ]
        found.add("timeline", "Assemblies by day, turnout and legal status", partial(timeline, lives))
    if found.has("map", "assemblies"):
        grounds = []
        for title, letter, name, one in zip(called, letters, names, settings, strict=True):
            rows = results.rows("assemblies", name)
            grounds.append(Ground(title, letter, one, rows[rows["fate"] == "held"], len(results.seeds)))
        together = len({one.town.town.name for one in settings}) == 1
        for part in [grounds] if together else [[ground] for ground in grounds]:
            name = "map" if together else f"map-{part[0].letter.lower()}"
            found.add("map", "Districts, places and who came", partial(town_map, part), name)
    if found.has("filing", "assemblies", "filings"):
        for title, letter, name, one in zip(called, letters, names, settings, strict=True):
            _filing(found, title, letter, name, one, seed)
    _bunching(found, called, letters, settings)


def _of_pairs(found: Catalogue, called: tuple[str, str]) -> None:
    results = found.results
    if found.has("lawful-shares", "effects"):
        found.add("lawful-shares", "Lawful shares", partial(lawful_shares, results.table("effects"), called))
    if found.has("levels", "effects"):
        found.add("levels", "A and B, and the paired difference", partial(levels, results.table("effects"), called))
    if found.has("incomes", "participants"):
        rows = results.table("participants")
        if len(rows):
            found.add("incomes", "Participation by income", partial(crossed_by_income, rows, called))
        else:
            found.lacks("incomes", "A and B do not share a town, so nobody is in both")


def _called(settings: list[Setting]) -> list[str]:
    """What scenarios are called; those of one title are told apart by what was changed in their laws."""
    titles = [one.about.title for one in settings]
    if len(set(titles)) == len(titles):
        return titles
    edits = ["; ".join(edit.partition(" (")[0] for edit in one.law.regime.edits) for one in settings]
    return [f"{title} [{edited}]" if edited else title for title, edited in zip(titles, edits, strict=True)]


def _seed(found: Catalogue) -> int:
    seeds, asked = found.results.seeds, found.asked.seed
    if asked is not None and asked not in seeds:
        told = f"one of the folder's seeds: {', '.join(map(str, seeds[:10]))}{' ...' if len(seeds) > 10 else ''}"
        raise InputError(str(found.results.path), [Problem("--seed", str(asked), told)])
    return seeds[0] if asked is None else asked


def _filing(found: Catalogue, title: str, letter: str, name: str, setting: Setting, seed: int) -> None:
    """The calendar of the filings for one assembly."""
    assemblies, filings = (found.results.rows(table, name, seed) for table in ("assemblies", "filings"))
    number = found.asked.assembly
    rule = "Chosen by its number" if number is not None else f"Chosen: of this run, {RULE}"
    if number is None:
        number = most_telling(assemblies, filings)
    if number is None:
        found.lacks("filing", f"nothing was filed in the run of {name} with seed {seed}")
        return
    own = assemblies[assemblies["assembly"] == number]
    if own.empty:
        found.lacks("filing", f"the run of {name} with seed {seed} has no assembly {number}")
        return
    entries = docket(own.to_dict("records")[0], filings[filings["assembly"] == number], setting)
    which = f"{letter}: " if letter else ""
    head = f"{which}Assembly {number}, seed {seed}"
    told = f"{title}. {rule}. One assembly of one run: an example"
    file = f"filing-{letter.lower()}" if letter else "filing"
    found.add(
        "filing", f"What was due when, and what happened: {head}", partial(filing_calendar, entries, setting, head, told), file
    )


def _bunching(found: Catalogue, called: list[str], letters: str | tuple[str], settings: list[Setting]) -> None:
    """Sizes under the threshold against the same seeds without it, which are run for this."""
    which = [place for place, one in enumerate(settings) if term_of(one)]
    if not found.has("bunching", "assemblies", "indicators"):
        return
    if not which:
        found.lacks("bunching", "no law here has a threshold")
    elif not found.asked.rerun:
        found.lacks("bunching", "it takes runs without the threshold, and --no-runs forbids them")
    else:
        for place in which:
            name, letter = found.results.names[place], letters[place]
            title = f"{letter}: {called[place]}" if letter else called[place]
            try:
                pairs = pairs_of(found.results, name, found.asked.jobs, title)
            except InputError as error:
                found.lacks("bunching", "; ".join(f"{one.key}: {one.found}; needed: {one.allowed}" for one in error.problems))
                continue
            except ModelError as error:
                found.lacks("bunching", str(error))
                continue
            file = f"bunching-{letter.lower()}" if letter else "bunching"
            found.add("bunching", "Sizes with the threshold and without it", partial(bunching_figure, pairs), file)
