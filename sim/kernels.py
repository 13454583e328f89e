"""Compiled array functions, and the cache they are kept in.

Numba keeps machine code from run to run, but renews it only when the file of the function itself changes, not when a function
that it calls does. So the cache has a folder for each state of *all* our kernels: what was compiled from other sources is never
loaded. It stands in the user's own cache, since an installation may be read-only; ``NUMBA_CACHE_DIR`` puts it elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

import llvmlite.binding
import numba
from numba.core import types

__all__ = ["cache_folder", "compile_for", "jit", "machine", "user_cache"]

_KERNELS: Final = ("kernels.py", "streams.py", "behaviour/*.py", "population/*.py", "measurement/density.py", "classics/*.py")
"""Where compiled functions stand, and what they are compiled against."""


def user_cache() -> Path:
    """Where this user's programs keep what can be made again."""
    if chosen := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "protestlaw"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "protestlaw"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "protestlaw"


def cache_folder() -> Path:
    """The folder of machine code compiled from the sources as they stand."""
    here = Path(__file__).resolve().parent
    sources = sorted(file for pattern in _KERNELS for file in here.glob(pattern))
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in sources)).hexdigest()
    return user_cache() / "kernels" / digest[:16]


_FOLDER: Final = str(cache_folder())


def machine() -> str:
    """What machine code depends on besides its sources: version of the compiler and kind of processor."""
    cpu = llvmlite.binding.get_host_cpu_name()
    return f"{sys.implementation.cache_tag}-numba-{numba.__version__}-llvm-{llvmlite.__version__}-{platform.machine()}-{cpu}"


def compile_for(kernel: Any, *like: Any) -> None:
    """Compile a kernel for arguments like these, without calling it."""
    kernel.compile(tuple(map(numba.typeof, like)))


def jit[F: Callable[..., Any]](function: F) -> F:
    """Compile a function when it is first called, for the types it is called with.

    No fast-math, so that the bits are the same everywhere; no lock is held, so that threads may run.
    """
    config: Any = numba.config
    before, config.CACHE_DIR = config.CACHE_DIR, _FOLDER
    try:
        compiled = numba.njit(cache=True, nogil=True, fastmath=False, error_model="numpy")(function)
    finally:
        config.CACHE_DIR = before
    return cast(F, _once_for_constants(compiled))


def _once_for_constants(compiled: Any) -> Any:
    """Where one kernel calls another with a constant, compile that for the constant's type.

    Numba would compile it anew for each constant, which made up an eighth of all compiling.
    """
    plain, unliteral = compiled.get_call_template, cast(Any, types).unliteral

    def get_call_template(args: Any, kws: Any) -> Any:
        return plain(tuple(map(unliteral, args)), {name: unliteral(kind) for name, kind in kws.items()})

    compiled.get_call_template = get_call_template
    return compiled
