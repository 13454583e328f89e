"""The files that are left: one JSON document, and figures. Each is there whole or not at all, and replaces nothing."""

from __future__ import annotations

import contextlib
import itertools
import json
import math
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["free_name", "write_all"]


def free_name(folder: Path, name: str) -> str:
    """The name, with a number behind it if results of that name are there already."""
    names = itertools.chain([name], (f"{name}-{count}" for count in itertools.count(2)))
    return next(one for one in names if not (folder / f"{one}.json").exists())


def write_all(folder: Path, name: str, document: Mapping[str, Any], figures: Mapping[str, bytes]) -> list[Path]:
    """Write ``name.json``, and each figure as ``name-FIGURE``; the document last, so that it never names what is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    said = json.dumps(_without_nan({**document, "figures": [f"{name}-{figure}" for figure in figures]}), indent=1)
    files = {**{f"{name}-{figure}": content for figure, content in figures.items()}, f"{name}.json": f"{said}\n".encode()}
    return [_write(folder / file, content) for file, content in files.items()]


def _write(path: Path, content: bytes) -> Path:
    number, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(beside).chmod(0o644)
        os.link(beside, path)  # fails if something is there, where replacing would not
    finally:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
    return path


def _without_nan(value: Any) -> Any:
    """JSON knows no NaN and no infinity: there is no value then."""
    if isinstance(value, Mapping):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
