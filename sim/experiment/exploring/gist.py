"""What a page keeps of a run: its outcomes, and each assembly as a mark on a timeline."""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.exploring.outcomes import OUTCOMES, SUPPRESSED
from sim.measurement import INDICATORS
from sim.population import TownSpec

__all__ = ["EVENTS", "NOT_HELD", "STATUSES", "TABLES", "Gist", "events_from", "gist", "packed_events"]

TABLES: Final = ("assemblies",)
"""The tables of a run that its gist is made of."""

STATUSES: Final = ("throughout", "at_start", "unlawful", "suppressed")
"""What an assembly was, by number: lawful throughout; lawful when it began, and not later; unlawful from its start; or kept from
being: refused, never answered, or prevented, and not held."""

NOT_HELD: Final = STATUSES.index("suppressed")

EVENTS: Final = ("day", "size", "status", "site")
"""Columns of events: the day of the run from 0; persons who came, or were named in the filing if it was not held; the number of
the status; the number of the site."""

_BY_OFFICIALS: Final = frozenset({"refused", "no_answer", "organiser_jailed"})
"""Why an assembly is called off, where it was officials who kept it from being. Few who would come is no such reason."""

type Events = npt.NDArray[np.int32]


class Gist(NamedTuple):
    """What is kept of a run.

    Attributes:
        values: of all outcomes a page may show, in their order; NaN where there is none.
        events: one row an assembly, by day: the columns are :data:`EVENTS`.
    """

    values: npt.NDArray[np.float64]
    events: Events


def gist(indicators: npt.NDArray[np.float64], tables: Mapping[str, bytes], town: TownSpec) -> Gist:
    """The gist of a run.

    Args:
        indicators: all of them, in their order. tables: its tables as Parquet files. town: its town, whose sites have numbers.
    """
    wanted = ["strategy", "fate", "fate_reason", "day", "site", "turnout", "declared", "lawful_at_start", "lawful_throughout"]
    found = pd.read_parquet(io.BytesIO(tables["assemblies"]), engine="pyarrow", columns=wanted)
    fate = found["fate"]
    kept_from = (fate == "prevented") | ((fate == "called_off") & found["fate_reason"].isin(_BY_OFFICIALS))
    shown = found[(found["strategy"] != "phantom") & ((fate == "held") | kept_from)]
    held = (shown["fate"] == "held").to_numpy(bool)
    began, stayed = shown["lawful_at_start"].to_numpy(bool), shown["lawful_throughout"].to_numpy(bool)
    status = np.select([~held, stayed, began], [NOT_HELD, 0, 1], 2)
    numbers = {site.name: number for number, site in enumerate(town.sites)}
    columns = (
        shown["day"].to_numpy(np.int32),
        np.where(held, shown["turnout"], shown["declared"]).astype(np.int32),
        status.astype(np.int32),
        shown["site"].map(numbers).to_numpy(np.int32),
    )
    events = np.stack(columns, axis=1)
    order = np.lexsort((events[:, 2], events[:, 1], events[:, 0]))
    by_name = dict(zip(INDICATORS, indicators.tolist(), strict=True)) | {SUPPRESSED: float((~held).sum())}
    return Gist(np.array([by_name.get(name, math.nan) for name in OUTCOMES]), np.ascontiguousarray(events[order]))


def packed_events(events: Events) -> bytes:
    """Events as they are stored."""
    return zlib.compress(np.ascontiguousarray(events.T, "<i4").tobytes(), 6)


def events_from(content: bytes) -> Events:
    """Events as they were stored."""
    flat = np.frombuffer(zlib.decompress(content), "<i4")
    return np.ascontiguousarray(flat.reshape(len(EVENTS), -1).T).astype(np.int32)
