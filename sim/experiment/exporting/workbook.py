"""Tables as one Excel workbook: a sheet for each, the codebook, and a sheet that says where they come from."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from sim.errors import OutputError, Problem
from sim.experiment.exporting.columns import Column, Kind, Table, texts

__all__ = ["ABOUT", "as_workbook", "need_openpyxl", "problems_for_excel"]

ABOUT: Final = "about"
"""The sheet that says where the tables come from."""

_ROWS, _COLUMNS, _CHARACTERS, _SHEET_NAME = 1_048_576, 16_384, 32_767, 31
"""What Excel has room for: rows and columns of a sheet, characters of a cell and of a sheet's name."""

_DIGITS: Final = 10**15
"""From here on a whole number has more digits than Excel keeps."""

_FIRST_DAY: Final = np.datetime64("1900-03-01", "D")
"""Excel takes 1900 for a leap year, so that its days are right only from here on."""

_MADE: Final = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  (Excel's times have no zone)
"""When the file was made, it says. Always the same, so that the same tables give the same bytes."""


def need_openpyxl() -> None:
    """See that openpyxl is there.

    Raises:
        OutputError: if it is not.
    """
    try:
        import openpyxl  # noqa: F401
    except ImportError as error:
        raise OutputError(
            "Excel workbooks need the package openpyxl, which is not installed. It comes with the extra excel: "
            "python -m pip install -c constraints.txt -e '.[excel]' (or: python -m pip install openpyxl)."
        ) from error


def problems_for_excel(table: Table) -> list[Problem]:
    """What of a table a sheet has no room for."""
    found = []
    elsewhere = "take csv, parquet or dta"
    if table.rows + 1 > _ROWS:
        allowed = f"{_ROWS - 1:,} at most, since a sheet has {_ROWS:,} with that of the names; {elsewhere}"
        found.append(Problem(table.source, f"{table.rows:,} rows", allowed))
    if len(table.columns) > _COLUMNS:
        found.append(Problem(table.source, f"{len(table.columns):,} columns", f"{_COLUMNS:,} at most in a sheet; {elsewhere}"))
    if len(table.name) > _SHEET_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", table.name) or table.name.lower() in {ABOUT, "history"}:
        allowed = f"a name of a sheet: {_SHEET_NAME} characters at most, none of []:*?/\\, and not {ABOUT}"
        found.append(Problem(table.source, repr(table.name), allowed))
    for column in table.columns:
        if column.about.kind is Kind.text:
            longest = max(map(_characters, column.values.tolist()), default=0)
            if longest > _CHARACTERS:
                allowed = f"{_CHARACTERS:,} at most in a cell; {elsewhere}"
                found.append(Problem(f"{table.source}, {column.about.name}", f"{longest:,} characters", allowed))
    return found


def as_workbook(tables: Sequence[Table], about: Sequence[tuple[str, str]]) -> bytes:
    """Tables as the content of an ``.xlsx`` file.

    What Excel cannot hold exactly stands as text, for the whole column: whole numbers of more than 15 digits, days before March
    1900. So do infinite numbers, cell by cell.

    Args:
        tables: each becomes a sheet of its name.
        about: what is told on the sheet ``about``.
    """
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    book.properties.created, book.properties.creator = _MADE, "protestlaw"

    def text(sheet: Any, value: str, *, bold: bool = False) -> Any:
        """A cell that is a text, even if it begins with an equals sign as formulas do."""
        made = WriteOnlyCell(sheet, _escaped(value))
        made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    def shown(sheet: Any, value: Any) -> Any:
        if isinstance(value, str):
            return text(sheet, value)
        if isinstance(value, float) and float(f"{value:.16g}") != value:
            made = WriteOnlyCell(
                sheet, repr(value)
            )  # openpyxl itself writes sixteen digits, of which a few numbers need one more
            made.data_type = "n"
            return made
        return value

    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        sheet.append([text(sheet, column.about.name, bold=True) for column in table.columns])
        for row in zip(*(_values(column) for column in table.columns), strict=True):
            sheet.append([shown(sheet, value) for value in row])
    sheet = book.create_sheet(ABOUT)
    for key, told in about:
        sheet.append([text(sheet, key, bold=True), text(sheet, told)])
    file = io.BytesIO()
    book.save(file)
    return _same_again(file)


def _values(column: Column) -> list[Any]:
    """The values of a column as a sheet has them; nothing where they are missing."""
    kind, held = column.about.kind, column.values[~column.missing]
    if kind is Kind.truth or (kind in {Kind.whole, Kind.large} and not (np.abs(held) >= _DIGITS).any()):
        values = column.values.tolist()
    elif kind is Kind.date and not (held < _FIRST_DAY).any():
        values = column.values.astype(object).tolist()
    elif kind is Kind.number:
        values = [value if np.isfinite(value) else str(value) for value in column.values.tolist()]
    else:
        values = texts(column, repr, truths=("FALSE", "TRUE"))
    return [None if gone else value for value, gone in zip(values, column.missing.tolist(), strict=True)]


def _escaped(text: str) -> str:
    """A text as Excel writes it: ``_x000D_`` for a character that XML does not keep, and that code itself escaped likewise."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", text)


def _characters(text: str) -> int:
    """How many characters a text has for Excel, which counts those beyond the first 65,536 of Unicode twice."""
    return len(_escaped(text).encode("utf-16-le")) // 2


def _same_again(file: io.BytesIO) -> bytes:
    """The file without the time at which it was written, which openpyxl puts into it."""
    again = io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{_MADE.isoformat()}Z".encode(), content)
            entry = zipfile.ZipInfo(name, _MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, content)
    return again.getvalue()
