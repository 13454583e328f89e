"""A saved model as a file: a zip archive of JSON and of plain arrays, with a header that says what it is.

Nothing in it can be executed: there is no pickle, arrays hold numbers only, and the scenario is validated as any text is.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import mesa
import numpy as np
from pydantic import ValidationError

from sim.errors import ModelError, OutputError
from sim.model.saving import Saved
from sim.record import Record
from sim.record.reading import read_lines
from sim.scenario import Scenario
from sim.version import __version__

__all__ = ["read", "write"]

_FORMAT: Final = "protestlaw model 1"
_HEADER: Final = "header.json"
_PARTS: Final = ("scenario.json", "state.json", "record.jsonl", "columns.npz")
_AGAIN: Final = "Save the model again, or copy the file once more from where it was saved."
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    RuntimeError,
)
"""What reading a damaged archive can raise: among it, that a part is said to be encrypted or packed in an unknown way.
ValidationError and UnicodeDecodeError are ValueErrors."""


def write(saved: Saved, path: Path, *, force: bool = False) -> Path:
    """Write a saved model: beside its place first, then moved there. One state is one file, to the last byte.

    Raises:
        OutputError: if something is there that may not be replaced, or the disk cannot be written; then nothing has changed.
    """
    _check_free(path, force=force)
    parts = _packed(saved)
    header = {
        "format": _FORMAT,
        "made_by": _versions(),
        "scenario": {"name": saved.scenario.name, "fingerprint": saved.scenario.fingerprint},
        "seed": saved.seed,
        "days": saved.days,
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()},
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as beside:
            new = Path(beside) / "new"
            with zipfile.ZipFile(new, "w") as archive:
                for name, content in {_HEADER: _json(header), **parts}.items():
                    archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # dated 1980: no clock in the file
            new.replace(path)
    except OSError as error:
        raise OutputError(f"The model cannot be saved to {path}: {error.strerror or error}.") from error
    return path


def read(path: Path) -> Saved:
    """Read a saved model.

    Raises:
        ModelError: if there is none, if it is damaged, or if another version saved it; it says what to do.
    """
    if not path.is_file():
        raise ModelError(f"There is no saved model at {path}.")
    try:
        header = _header(path)
    except _DAMAGED as error:
        raise ModelError(f"{path} is damaged and cannot be loaded ({error}). {_AGAIN}") from error
    if header is None:
        raise ModelError(f"{path} is no model saved by protestlaw. Load a file that ProtestModel.save wrote.")
    try:
        _check_version(path, header)
        with zipfile.ZipFile(path) as archive:
            return _unpacked({name: archive.read(name) for name in _PARTS}, header)
    except _DAMAGED as error:
        told = "its scenario is not valid" if isinstance(error, ValidationError) else str(error)
        raise ModelError(f"{path} is damaged and cannot be loaded ({told}). {_AGAIN}") from error


# -- the parts -------------------------------------------------------------------------------------------------------------


def _packed(saved: Saved) -> dict[str, bytes]:
    columns = io.BytesIO()
    arrays = {f"{name}.{part}": array for name, column in saved.columns.items() for part, array in zip("rv", column, strict=True)}
    np.savez(columns, allow_pickle=False, **arrays)
    record = Record()
    for happening in saved.happenings:
        record.add(happening)
    # What a text left out is left out, so that the scenario still knows which of its values are defaults.
    scenario = saved.scenario.model_dump(mode="json", exclude_unset=True)
    return dict(zip(_PARTS, (_json(scenario), _json(saved.state), record.to_bytes(), columns.getvalue()), strict=True))


def _unpacked(parts: Mapping[str, bytes], header: Mapping[str, Any]) -> Saved:
    for name, content in parts.items():
        if hashlib.sha256(content).hexdigest() != header["sha256"][name]:
            raise ValueError(f"{name} is not what was saved")
    scenario, state, record, columns = (parts[name] for name in _PARTS)
    found = Scenario.model_validate_json(scenario)
    if found.fingerprint != header["scenario"]["fingerprint"]:
        raise ValueError("its scenario is not what was saved")
    with np.load(io.BytesIO(columns), allow_pickle=False) as arrays:
        names = dict.fromkeys(name.rpartition(".")[0] for name in arrays.files)
        kept = {name: (arrays[f"{name}.r"], arrays[f"{name}.v"]) for name in names}
    happenings = tuple(read_lines(record.decode().splitlines()))
    return Saved(found, header["seed"], header["days"], happenings, json.loads(state), kept)


def _json(content: Any) -> bytes:
    return json.dumps(content, default=_whole, separators=(",", ":"), ensure_ascii=False).encode()


def _whole(value: Any) -> Any:
    """Whole numbers of numpy count as Python's; single floats would not, since sums of them go otherwise."""
    if isinstance(value, np.integer | np.bool_):
        return value.item()
    raise TypeError(f"a state holds plain values only, found {type(value).__name__}")


# -- what is refused -------------------------------------------------------------------------------------------------------


def _versions() -> dict[str, str]:
    """The versions on which it depends how a run goes on."""
    return {"protestlaw": __version__, "Mesa": mesa.__version__}


def _header(path: Path) -> dict[str, Any] | None:
    """The header of a file; ``None`` if the file is of another kind.

    Raises:
        BadZipFile: if it begins as an archive and is none.
    """
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return None
    with zipfile.ZipFile(path) as archive:
        if _HEADER not in archive.namelist():
            return None
        header = json.loads(archive.read(_HEADER))
    return header if isinstance(header, dict) and str(header.get("format")).startswith("protestlaw model") else None


def _check_version(path: Path, header: Mapping[str, Any]) -> None:
    said, here = {**header["made_by"], "file": header["format"]}, {**_versions(), "file": _FORMAT}
    if said != here:
        by, now = (", ".join(f"{name} {version}" for name, version in one.items()) for one in (said, here))
        scenario, seed, days = header["scenario"]["name"], header["seed"], header["days"]
        raise ModelError(
            f"{path} was saved by {by}; here is {now}, with which days may go otherwise. Load it with the versions that "
            f"saved it, or run {scenario!r} with seed {seed} for {days} days again and save that."
        )


def _check_free(path: Path, *, force: bool) -> None:
    if not path.exists() and not path.is_symlink():
        return
    if not force:
        raise OutputError(f"{path} is there already. Choose another name, or replace it with force=True.")
    try:
        replaceable = path.is_file() and not path.is_symlink() and _header(path) is not None
    except _DAMAGED:
        replaceable = False
    if not replaceable:
        raise OutputError(f"{path} is no model saved by protestlaw, so it is not replaced. Choose another name.")
