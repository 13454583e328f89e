"""Which code makes results: what is stored under one version is never mixed with what another one makes."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
from pathlib import Path
from typing import Final

from sim.version import __version__

__all__ = ["code_version", "differing_code", "sources"]

_PACKAGES: Final = ("holidays", "mesa", "numba", "numpy", "pandas", "scipy")
"""Packages that have a part in a run."""

_NO_PART: Final = ("interface", "classics", "reference", "experiment")
"""Ours that have none: nothing that a run needs may import them. One file of the last is an exception, and told below."""

_ONLY_READ: Final = ("measurement/patterns/",)
"""Parts of the others that only read results; nothing that a run needs may import them either."""

_RUNS: Final = "experiment/runs.py"


@functools.cache
def code_version() -> str:
    """The version of everything that makes a run, as JSON: ours, a digest of our sources, and those of the packages we use.

    What only shows results (commands, figures) and what only reads them (effects, sensitivity) is left out.
    """
    here = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for name in sources():
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256((here / name).read_bytes()).digest())
    packages = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return json.dumps({"protestlaw": __version__, "sources": digest.hexdigest()[:16], **packages})


def sources() -> list[str]:
    """The files of ours that have a part in a run, as paths within the package."""
    here = Path(__file__).resolve().parents[1]
    names = sorted(file.relative_to(here).as_posix() for file in here.rglob("*.py"))
    return [name for name in names if name == _RUNS or not (name.partition("/")[0] in _NO_PART or name.startswith(_ONLY_READ))]


def differing_code(one: str, other: str) -> str:
    """What differs between two versions of the code, in words: ``numpy 2.4.0, here 2.5.5``."""
    try:
        stored, here = dict(json.loads(one)), dict(json.loads(other))
    except (ValueError, TypeError):
        return f"{one!r}, here {other!r}"
    parts = [name for name in dict.fromkeys([*stored, *here]) if stored.get(name) != here.get(name)]
    return "; ".join(f"{name} {stored.get(name, 'none')}, here {here.get(name, 'none')}" for name in parts)
