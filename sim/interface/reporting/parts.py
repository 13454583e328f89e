"""What a report consists of, before it is a page: sentences, tables, laws, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from sim.scenario import Scenario

__all__ = [
    "Answer",
    "Assumed",
    "Cell",
    "Chapter",
    "Found",
    "Grid",
    "Held",
    "Laws",
    "Line",
    "Origin",
    "Picture",
    "Report",
    "Side",
    "Version",
]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: what is read. exact: the number or numbers behind it, as the folder's table has them.
        under: what is told below it. key: what it is called in texts and tables, or a digest.
    """

    text: str
    exact: str = ""
    under: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; its kind is ``group`` (a heading), ``clear`` (the number is bold), ``total`` (all is bold) or nothing."""

    cells: tuple[Cell, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        title: what stands above it. heads: of its columns. lines: its rows, whose first cell is what the row is about.
        numbers: which columns hold numbers. note: what stands below it.
        folded: whether it is folded away on a screen. printed: whether it is on paper all the same.
    """

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    numbers: frozenset[int] = frozenset()
    note: str = ""
    folded: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """One of the laws at hand, or the only one: its letter (empty if there is one), its scenario or name, and the law."""

    letter: str
    title: str
    law: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What the laws with these letters say on a subject."""

    letters: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A subject of the laws: each version once, with those that say so; folded away on a screen if it is for looking up."""

    title: str
    versions: tuple[Version, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Laws:
    """The laws in sentences, subject by subject, and what they hold differently.

    Attributes:
        chapters: the subjects. varied: what an experiment varies, if it is one. changes: tables of differences.
        said: what is to be told above these. heading: what stands above the differences.
    """

    chapters: tuple[Chapter, ...]
    changes: tuple[Grid, ...] = ()
    varied: tuple[Grid, ...] = ()
    said: tuple[str, ...] = ()
    heading: str = "What is not the same"


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: its title, the drawing, and where its numbers are."""

    title: str
    drawing: Markup
    numbers: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Assumed:
    """The numbers that stand behind the runs: in sentences, and in a table for each part."""

    said: tuple[str, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The patterns of real protest: what passed and failed, or why that is not known.

    Attributes:
        said: sentences. grids: tables. bands: each pattern, with where its band comes from. rules: what the words mean.
        command: what would hold them; empty if they were.
    """

    said: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    bands: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """How the results were made, so that they can be made again.

    Attributes:
        command: that made them. facts: what and its value. prints: fingerprints. files: their sizes and checksums.
        texts: each scenario as resolved, by what it is called.
    """

    command: str
    facts: tuple[tuple[str, str], ...]
    prints: Grid
    files: Grid
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: a few sentences, more of them where there are many, what nobody may overlook, and what intervals are."""

    told: tuple[str, ...]
    more: tuple[str, ...] = ()
    minds: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a folder says, by the command that wrote it.

    Attributes:
        scenarios: those of the folder; of an experiment the baseline. title, question: of the report. sides: the laws at hand.
        answer: first of all. outcomes: the tables it comes from. notes: what their marks mean.
        laws: in sentences. assumed: the numbers behind the runs. held: patterns, if the folder is of these.
    """

    scenarios: tuple[Scenario, ...]
    title: str
    question: tuple[str, ...]
    sides: tuple[Side, ...]
    answer: Answer
    outcomes: tuple[Grid, ...]
    notes: tuple[str, ...]
    laws: Laws
    assumed: Assumed
    held: Held | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A report: what a folder says, and what is told of every folder.

    Attributes:
        found: what the folder says. held: patterns of real protest. origin: how it was made.
        pictures: figures. not_drawn: those that are wanting, and why.
    """

    found: Found
    held: Held
    origin: Origin
    pictures: tuple[Picture, ...]
    not_drawn: tuple[str, ...]
