"""The machine: what it is, how busy it is, how much memory a process takes. Nothing that names it or who uses it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["BUSY", "Moment", "about", "load", "peak", "processors", "resident"]

_PACKAGES: Final = ("mesa", "numba", "numpy", "pandas", "pydantic", "scipy")

_SETS: Final = ("sse4_2", "avx2", "avx512f")

BUSY: Final = 0.15
"""Processors that others use from which on a measurement is doubtful. A choice."""

_STATUS: Final = Path("/proc/self/status")


def about() -> dict[str, Any]:
    """Processor, memory, and versions of what computes."""
    return {
        "processor": _cpu("model name") or platform.processor() or platform.machine(),
        "instructions": [word for word in _SETS if word in (_cpu("flags") or "").split()],
        "processors": processors(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
    }


def _cpu(field: str) -> str | None:
    """What Linux says of the first processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.split(":")[0].strip() == field), None)


def processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> float:
    """Load average of the last minute: processes that ran or wanted to."""
    return os.getloadavg()[0]


@dataclass(frozen=True, slots=True)
class Moment:
    """The clocks at a moment: seconds on the wall, of our own ended children, and of everybody (``None`` if it is not told)."""

    wall: float
    children: float
    everybody: float | None

    @classmethod
    def now(cls) -> Moment:
        """Now."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(time.perf_counter(), used.ru_utime + used.ru_stime, _everybody())

    def others(self, later: Moment) -> float | None:
        """How many processors others used between this moment and a later one, on average."""
        if self.everybody is None or later.everybody is None or later.wall <= self.wall:
            return None
        ours = later.children - self.children
        return max(0.0, (later.everybody - self.everybody - ours) / (later.wall - self.wall))


def _everybody() -> float | None:
    """Seconds that all processors have worked since the machine was started."""
    try:
        first = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()
    except OSError:
        return None
    user, nice, system, _idle, _waiting, *rest = map(int, first[1:8])
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def resident() -> int:
    """Bytes of memory that this process has now."""
    return _status("VmRSS") or _most(resource.RUSAGE_SELF)


def peak(*, children: bool = False) -> int:
    """Most bytes of memory that this process had at any time; or the largest of its ended children."""
    if children:
        return _most(resource.RUSAGE_CHILDREN)
    return _status("VmHWM") or _most(resource.RUSAGE_SELF)  # the former leaves out what was there before the program began


def _status(field: str) -> int | None:
    try:
        lines = _STATUS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:")), None)


def _most(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
