"""The tables of single runs, as Parquet files."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence

from sim.errors import ModelError, did_you_mean
from sim.experiment.runs import Run
from sim.experiment.units import TABLES

__all__ = ["check_tables", "parquet_missing", "parquet_of", "table_problem"]


def parquet_missing() -> bool:
    """Whether the package that writes Parquet files is not installed."""
    return importlib.util.find_spec("pyarrow") is None


def table_problem(names: Sequence[str]) -> str | None:
    """What is wrong with the tables that are asked for: no such table, or no package to write them. ``None`` if nothing."""
    for name in names:
        if name not in TABLES:
            near = did_you_mean(name, TABLES)
            hint = f"; did you mean {near!r}?" if near else ""
            return f"no table of a run is called {name!r}; there are: {', '.join(TABLES)}{hint}"
    if names and parquet_missing():
        return "tables of single runs are Parquet files, which need the package pyarrow: pip install 'protestlaw[parquet]'"
    return None


def check_tables(names: Sequence[str]) -> None:
    """See that tables can be written, before anything is run.

    Raises:
        ModelError: if there is no such table, or the package pyarrow is missing.
    """
    if problem := table_problem(names):
        raise ModelError(problem)


def parquet_of(run: Run, names: Sequence[str]) -> dict[str, bytes]:
    """Some tables of a run by name, each as the bytes of a Parquet file."""
    found = {}
    for name in names:
        file = io.BytesIO()
        run.tables.to_be_made[name].frame.to_parquet(file, engine="pyarrow", index=False)
        found[name] = file.getvalue()
    return found
