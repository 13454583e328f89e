"""Towns that were built are kept on disk, for a city of a million takes a second to build and a moment to map.

They stand in the user's own cache, under a key of everything that makes them: the town's text, traits, issues, seed, the sources
that build it, and the machine. The environment variable ``PROTESTLAW_TOWN_CACHE`` says how many gigabytes they may take (4 if it
is not set; 0 keeps none). When it is full, the town that was not used for longest goes.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import math
import os
import platform
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numba
import numpy as np

from sim.errors import ModelError
from sim.kernels import user_cache
from sim.population.spec import TownSpec
from sim.population.store import FORMAT, UNFINISHED, read_town, write_town
from sim.population.town import Town, build_town
from sim.population.traits import Traits

__all__ = ["LARGE", "KeptTown", "clear_towns", "kept_towns", "town_bound", "town_folder", "town_key", "town_of"]

LARGE: Final = 100_000
"""Adults from which on a town is kept: a smaller one is built as fast as it is read."""

_VARIABLE: Final = "PROTESTLAW_TOWN_CACHE"
_DEFAULT: Final = 4.0  # gigabytes: 35 towns of 1.3 million
_GIGABYTE: Final = 1e9
_SOURCES: Final = ("kernels.py", "rows.py", "streams.py", "population/*.py")
_ABANDONED: Final = 3600.0  # seconds: nobody writes one file for longer


@dataclass(frozen=True, slots=True)
class KeptTown:
    """A town on disk: its file, its size in bytes, and when it was last used (seconds since 1970)."""

    path: Path
    size: int
    used: float


def town_of(spec: TownSpec, traits: Traits, issues: int, seed: int, *, cache: bool | None = None) -> Town:
    """A town: from the cache if it is there, or else built, and kept if it is large.

    Where it cannot be kept (a full disk, a folder that cannot be written) it is built all the same, and a warning says so.

    Args:
        spec, traits, issues, seed: as of :func:`~sim.population.town.build_town`, which gives the same bytes.
        cache: whether to use the cache; by default for towns of :data:`LARGE` and more.
    """
    bound = town_bound()
    wanted = spec.people.adults >= LARGE if cache is None else cache
    if not wanted or bound == 0.0:
        return build_town(spec, traits, issues, seed)
    key = town_key(spec, traits, issues, seed)
    path = town_folder() / f"{key[:32]}.town"
    town = read_town(path, key, spec, traits, issues, seed)
    if town is None:
        town = build_town(spec, traits, issues, seed)
        if not _keep(path, key, town, bound):
            return town
        return read_town(path, key, spec, traits, issues, seed) or town  # the mapped one is shared between processes
    with contextlib.suppress(OSError):  # in a cache that is only read nothing is ever dropped either
        os.utime(path)
    return town


def town_key(spec: TownSpec, traits: Traits, issues: int, seed: int) -> str:
    """The name of everything that makes a town."""
    parts = (spec.model_dump_json(), traits.model_dump_json(), str(issues), str(seed), _makers())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def town_folder() -> Path:
    """Where towns are kept."""
    return user_cache() / "towns"


def town_bound() -> float:
    """How many bytes all towns together may take; 0 if none is kept.

    Raises:
        ModelError: if the environment variable is no such number.
    """
    said = os.environ.get(_VARIABLE, "").strip()
    try:
        gigabytes = float(said) if said else _DEFAULT
    except ValueError:
        gigabytes = math.nan
    if not 0.0 <= gigabytes < math.inf:
        raise ModelError(f"{_VARIABLE} is the gigabytes that towns may take on disk, from 0 (keep none) on; found {said!r}")
    return gigabytes * _GIGABYTE


def kept_towns() -> list[KeptTown]:
    """The towns on disk, the one last used first."""
    found = []
    for path in town_folder().glob("*.town"):
        with contextlib.suppress(OSError):  # another process may just have dropped it
            about = path.stat()
            found.append(KeptTown(path, about.st_size, about.st_mtime))
    return sorted(found, key=lambda town: (-town.used, town.path))


def clear_towns() -> int:
    """Drop all towns on disk, and what was left unfinished. Returns how many bytes that frees."""
    return sum(town.size for town in kept_towns() if _drop(town.path)) + _drop_abandoned(0.0)


def _keep(path: Path, key: str, town: Town, bound: float) -> bool:
    """Write a town, and drop others until there is room. Whether it was kept."""
    arrays = (town.people.rows, town.ties.indptr, town.ties.neighbours)
    if sum(array.nbytes for array in arrays) > bound:
        return False
    try:
        write_town(path, key, town)
    except OSError as error:
        warnings.warn(f"the town is not kept on disk, and will be built again next time: {error}", stacklevel=3)
        return False
    _drop_abandoned(_ABANDONED)
    total = 0
    for kept in kept_towns():
        total += kept.size
        if total > bound and kept.path != path:
            _drop(kept.path)
    return True


def _drop(path: Path) -> bool:
    with contextlib.suppress(OSError):  # gone already, or in use where the system does not let go of what is in use
        path.unlink()
        return True
    return False


def _drop_abandoned(age: float) -> int:
    """Drop what was left unfinished at least so many seconds ago. Returns how many bytes that frees."""
    freed = 0
    for path in town_folder().glob(f"*{UNFINISHED}"):
        with contextlib.suppress(OSError):
            about = path.stat()
            freed += about.st_size if time.time() - about.st_mtime >= age and _drop(path) else 0
    return freed


@functools.cache
def _makers() -> str:
    """What builds a town apart from its text: our sources, the libraries that compile them, and the machine."""
    here = Path(__file__).resolve().parents[1]
    sources = sorted(file for pattern in _SOURCES for file in here.glob(pattern))
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in sources)).hexdigest()
    return f"{FORMAT} {digest} {numba.__version__} {np.__version__} {platform.system()} {platform.machine()} {sys.byteorder}"
