"""A folder of results, as figures need it: what made it, the tables it still holds, and its scenarios."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from pydantic import ValidationError

from sim.errors import InputError, Problem
from sim.experiment.exporting.codebook import CODEBOOK, Codebook, read_codebook
from sim.experiment.exporting.columns import Column, Kind
from sim.experiment.exporting.tables import read_table
from sim.experiment.manifest import THIS_TIME
from sim.experiment.outputs import MANIFEST
from sim.interface.figuring.setting import Setting
from sim.scenario import Scenario

__all__ = ["Results", "open_results"]

_WRITTEN_BY: Final = "protestlaw run, compare, sweep, attribute, rests, patterns, calibrate or classics writes"


class Results:
    """What a folder holds.

    Args:
        path: the folder. manifest: what it says of itself.
    """

    def __init__(self, path: Path, manifest: Mapping[str, Any]) -> None:
        self.path, self.manifest = path, manifest
        self._made: dict[str, pd.DataFrame] = {}

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of its runs."""
        return tuple(self.manifest.get("seeds", ()))

    @property
    def names(self) -> tuple[str, ...]:
        """What its scenarios are called in its tables."""
        return tuple(self.manifest.get("scenarios", {}))

    @property
    def command(self) -> str:
        """The command that made it, to be given again; empty if none is known."""
        words = [str(word) for word in self.manifest.get(THIS_TIME, {}).get("command", ())]
        return " ".join(["protestlaw", *words[1:]]) if words else ""

    def wrote(self, table: str) -> bool:
        """Whether a table was written here, be it here still or not."""
        return f"{table}.csv" in self.manifest.get("files", {})

    def holds(self, table: str) -> bool:
        """Whether a table is here."""
        return (self.path / f"{table}.csv").is_file()

    def table(self, name: str) -> pd.DataFrame:
        """A table, its columns of the kinds that the folder's codebook says; without a codebook, of those they look like.

        Raises:
            InputError: if it is not what the codebook says, or not here.
        """
        if name not in self._made:
            self._made[name] = self._read(name)
        return self._made[name]

    def rows(self, name: str, scenario: str, seed: int | None = None) -> pd.DataFrame:
        """The rows of a table that are of a scenario, and of one run if a seed is given."""
        table = self.table(name)
        chosen = table["scenario"] == scenario
        return table[chosen if seed is None else chosen & (table["seed"] == seed)]

    def setting(self, name: str) -> Setting:
        """Where and under what law a scenario was run.

        Raises:
            InputError: if the manifest does not tell it as this version does.
        """
        try:
            return Setting.read(self.manifest["scenarios"][name]["resolved"])
        except (KeyError, TypeError, ValueError) as error:
            raise self._older(name, f"a town, a law or dates that this version does not read ({_first(error)})") from error

    def scenario(self, name: str) -> Scenario:
        """A scenario, to be run again, or to be told with its sources.

        Raises:
            InputError: if this version reads it as something else than was run, or not at all.
        """
        told = self.manifest["scenarios"][name]
        try:
            found = Scenario.model_validate_json(json.dumps(told["resolved"]))
        except (KeyError, TypeError, ValueError) as error:
            raise self._older(name, f"a scenario that this version does not read ({_first(error)})") from error
        if found.fingerprint != told["fingerprint"]:
            raise self._older(name, "a scenario that means something else in this version")
        said = _as_text(found.model_dump(mode="json"), found.model_dump(mode="json", exclude_defaults=True))
        return Scenario.model_validate_json(json.dumps(said))

    def _older(self, name: str, found: str) -> InputError:
        wanted = f"results of this version: make them again with {self.command or 'the same command'}"
        return InputError(str(self.path / MANIFEST), [Problem(f"scenarios.{name}", found, wanted)])

    @cached_property
    def _codebook(self) -> Codebook | None:
        path = self.path / CODEBOOK
        if not path.is_file():
            return None
        book, _, problems = read_codebook(path)
        if problems:
            raise InputError(str(self.path), problems)
        return book

    def _read(self, name: str) -> pd.DataFrame:
        path = self.path / f"{name}.csv"
        if not path.is_file():
            raise InputError(str(self.path), [Problem(path.name, "no such file", f"the table that {_WRITTEN_BY}")])
        if self._codebook is None:
            return pd.read_csv(path, keep_default_na=False, na_values=[""])
        table, problems = read_table(path, partial(self._codebook.find, name), self._codebook.names(name))
        if problems or table is None:
            raise InputError(str(self.path), problems)
        return pd.DataFrame({column.about.name: _series(column) for column in table.columns})


def _as_text(whole: Mapping[str, Any], sparse: dict[str, Any]) -> dict[str, Any]:
    """A scenario as its text may have been: with what it changes, and with what it gives a source of its own.

    What is left as it is by default keeps the source of the default, which a scenario that tells every value would hide.

    Args:
        whole: every value. sparse: those that are not left as they are by default; the others of a source are added.
    """
    for key, value in sparse.items():
        if isinstance(value, dict) and key != "sources":
            _as_text(whole[key], value)
    for key in sparse.get("sources", {}):
        if key in whole:
            sparse[key] = whole[key]
    return sparse


def _first(error: Exception) -> str:
    """What is wrong, in a line: the first keys that are not understood."""
    if not isinstance(error, ValidationError):
        return repr(error)
    keys = [".".join(map(str, one["loc"])) or one["msg"] for one in error.errors()]
    return ", ".join(keys[:3]) + (" ..." if len(keys) > 3 else "")


def _series(column: Column) -> pd.Series[Any]:
    """The values of a column: words and dates as text, numbers as floats where some are missing."""
    match column.about.kind:
        case Kind.category:
            words = np.array(["", *column.about.levels], dtype=object)
            return pd.Series(words[np.where(column.missing, 0, column.values + 1)], dtype="str")
        case Kind.date:
            written = np.datetime_as_string(column.values).astype(object) if column.values.size else column.values.astype(object)
            return pd.Series(np.where(column.missing, "", written), dtype="str")
        case Kind.text:
            return pd.Series(np.where(column.missing, "", column.values), dtype="str")
        case Kind.truth if not column.missing.any():
            return pd.Series(column.values)
        case _:
            values = column.values if not column.missing.any() else np.where(column.missing, np.nan, column.values.astype(float))
            return pd.Series(values)


def open_results(path: Path) -> Results:
    """The results of a folder.

    Raises:
        InputError: if it holds none.
    """
    if not path.is_dir():
        found = "a file" if path.exists() else "no such folder"
        raise InputError(str(path), [Problem("", found, f"a folder that {_WRITTEN_BY}")])
    try:
        said = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(str(path), [Problem(MANIFEST, "no such file", f"the file that {_WRITTEN_BY}")]) from None
    except (ValueError, UnicodeError) as error:
        raise InputError(str(path), [Problem(MANIFEST, f"no JSON ({error})", f"the file that {_WRITTEN_BY}")]) from error
    if not isinstance(said, dict) or not isinstance(said.get("files"), dict):
        wanted = f"the file that {_WRITTEN_BY} when it has ended, with the list of files"
        raise InputError(str(path), [Problem(MANIFEST, "results that are not finished, or something else", wanted)])
    return Results(path, said)
