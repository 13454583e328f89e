"""The file of a store: SQLite, with a rollback journal and every commit synced: it is whole after a kill or a power cut."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import OutputError
from sim.experiment.code_version import code_version, differing_code
from sim.measurement import INDICATORS

__all__ = ["SCHEMA", "STORE", "Form", "open_file", "runs_form", "told_as"]

STORE: Final = "runs.sqlite"
"""The store's name in its folder."""

SCHEMA: Final = 1
"""Number of the form of the tables."""

_OURS: Final = 0x70726C77  # "prlw"
"""What SQLite calls the application's number: it stands in the head of the file."""

_TABLES: Final = """
CREATE TABLE about (what TEXT PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE runs (
    code TEXT NOT NULL,      -- the version of everything that made it: the word 'code' of the table about
    scenario TEXT NOT NULL,  -- SHA-256 of everything in the scenario, its law included, that can move a result
    seed INTEGER NOT NULL,
    indicators BLOB,         -- float64, little-endian, in the order told in the table about; NULL if it failed
    error TEXT NOT NULL,     -- what went wrong, in a line; empty if nothing did
    traceback TEXT NOT NULL,
    seconds REAL NOT NULL,   -- what it took, without its town
    PRIMARY KEY (code, scenario, seed)
);
"""


@contextlib.contextmanager
def told_as(path: Path) -> Iterator[None]:
    """What SQLite cannot do is told in our words.

    Raises:
        OutputError: if it could not.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"{path}: {_told(error)}") from error


def _told(error: sqlite3.Error) -> str:
    said, name = str(error), getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return "the disk is full. What was stored is safe; make room and start the same command again, and it goes on from there."
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return f"it cannot be written ({said}). Choose a folder that you may write to."
    if name.startswith("SQLITE_IOERR"):
        return f"the disk cannot be written or read ({said}). What was stored is safe; see that there is room, and start again."
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return f"this is no sound store of runs ({said}). Choose another folder; a damaged store has to be moved away by hand."
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"another program has it open ({said}). Close it and start again."
    return f"runs cannot be stored there ({said})."


@dataclass(frozen=True, slots=True)
class Form:
    """What kind of store a file is.

    Attributes:
        holds: what it holds, in words (``runs``).
        application: what SQLite calls the application's number. schema: the number of the form of its tables.
        tables: how they are made; ``about`` is among them.
        about: what stands in that table, by word: ``code`` is the version of everything that made what is stored.
        other: what is stored if it was made by the given other code, in words.
    """

    holds: str
    application: int
    schema: int
    tables: str
    about: Mapping[str, str]
    other: Callable[[str], str]


def runs_form() -> Form:
    """The form of the store of a sweep."""

    def other(stored: str) -> str:
        return f"runs of other code ({differing_code(stored, code_version())})"

    about = {"code": code_version(), "indicators": json.dumps(list(INDICATORS))}
    return Form("runs", _OURS, SCHEMA, _TABLES, about, other)


def open_file(path: Path, form: Form | None = None) -> sqlite3.Connection:
    """Open a store, or make one where there is none.

    Args:
        path: the file. form: which kind of store it is to be; by default that of a sweep.

    Raises:
        OutputError: if the file is no such store, is damaged, is of another schema or other code, or cannot be written.
    """
    form = form or runs_form()
    with told_as(path):
        connection = sqlite3.connect(path, timeout=10.0, isolation_level=None, check_same_thread=False)
        try:
            _check(connection, path, form)
        except BaseException:
            connection.close()
            raise
    return connection


def _check(connection: sqlite3.Connection, path: Path, form: Form) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    ours = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not ours and not tables:
        _make(connection, form)
    elif ours != form.application:
        raise OutputError(f"{path} is a database, but no store of {form.holds} of protestlaw. Choose another folder.")
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    if schema != form.schema:
        raise OutputError(
            f"{path} was written in form {schema}, and this version of protestlaw reads form {form.schema}. "
            "Choose another folder with --out, or start over with --again."
        )
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise OutputError(
            f"{path}: this is no sound store of {form.holds} ({found}). Choose another folder; move a damaged store away."
        )
    (stored,) = connection.execute("SELECT said FROM about WHERE what = 'code'").fetchone()
    if stored != form.about["code"]:
        raise OutputError(
            f"{path} holds {form.other(stored)}, which are not mixed with new ones. "
            "Choose another folder with --out, or start over with --again."
        )


def _make(connection: sqlite3.Connection, form: Form) -> None:
    """The tables of a new store: all of them or none."""
    script = ";".join(f"INSERT INTO about VALUES ('{what}', {_quoted(said)})" for what, said in form.about.items())
    connection.executescript(
        f"BEGIN IMMEDIATE;{form.tables}{script};"
        f"PRAGMA application_id = {form.application};PRAGMA user_version = {form.schema};COMMIT;"
    )


def _quoted(said: str) -> str:
    return "'" + said.replace("'", "''") + "'"
