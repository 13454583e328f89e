"""Tables as Parquet files, with proper types, and what the codebook says of each column beside it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from sim.errors import OutputError
from sim.experiment.exporting.columns import Column, Kind, Table

__all__ = ["as_parquet", "need_pyarrow"]

_INT32: Final = 2**31 - 1


def need_pyarrow() -> None:
    """See that pyarrow is there.

    Raises:
        OutputError: if it is not.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise OutputError(
            "Parquet needs the package pyarrow, which is not installed. It comes with the extra parquet: "
            "python -m pip install -c constraints.txt -e '.[parquet]' (or: python -m pip install pyarrow)."
        ) from error


def as_parquet(table: Table, about: Mapping[str, Any]) -> bytes:
    """A table as a Parquet file.

    Whole numbers are int32, since R's arrow turns int64 beyond that into another type; columns whose names end in seed are int64,
    and so is one with a larger number in it. Words of a closed list are a dictionary in the codebook's order.

    Args:
        table: the table.
        about: what is told of it in the metadata of the file, under ``protestlaw``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [_array(column) for column in table.columns]
    fields = [
        pa.field(column.about.name, array.type, nullable=True, metadata=_told(column))
        for column, array in zip(table.columns, arrays, strict=True)
    ]
    schema = pa.schema(fields, metadata={"protestlaw": json.dumps(about, ensure_ascii=False)})
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), file, compression="zstd")
    return file.getvalue()


def _array(column: Column) -> Any:
    import pyarrow as pa

    values, missing, about = column.values, column.missing, column.about
    match about.kind:
        case Kind.whole:
            return pa.array(values.astype(np.int32), mask=missing)
        case Kind.large:
            small = not about.name.endswith("seed") and not (np.abs(values[~missing]) > _INT32).any()
            return pa.array(values.astype(np.int32 if small else np.int64), mask=missing)
        case Kind.category:
            places = pa.array(values.astype(np.int32), mask=missing)
            return pa.DictionaryArray.from_arrays(places, pa.array(list(about.levels), pa.string()))
        case Kind.text:
            return pa.array(values, pa.string(), mask=missing)
        case _:
            return pa.array(values, mask=missing)


def _told(column: Column) -> dict[str, str]:
    """What the codebook says, as the metadata of a field."""
    about = column.about
    told = {"label": about.label, "unit": about.unit, "description": about.meaning, "levels": "|".join(about.levels)}
    return {name: text for name, text in told.items() if text}
