"""How long until the command answers."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.work import Budget, Found, Shot, Timing, work

ORDER = 9

_COMMAND = "import sys; sys.argv = ['protestlaw', *sys.argv[1:]]; from sim.interface.cli import main; sys.exit(main())"
"""What the installed command ``protestlaw`` does."""


def _asked(*words: str, caches: Path) -> Timing:
    """The command in a process of its own, from start to end; its processor time with that of all that it starts."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(caches / "numba"), "XDG_CACHE_HOME": str(caches / "home")}
    environment["MPLCONFIGDIR"] = str(caches / "matplotlib")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-P", "-c", _COMMAND, *words]
    done = subprocess.run(command, cwd=caches, env=environment, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"protestlaw {' '.join(words)}: {done.stderr.strip()[-1000:]}")
    return Timing(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


@work(
    "start",
    "the command: --help; the first run on a fresh machine, compilation included; the second",
    [
        Budget("protestlaw --help", "s", 0.3),
        Budget("first protestlaw run seminar", "s", 12.0),
        Budget("second protestlaw run seminar", "s", 1.5),
    ],
    repeats=5,
    cores=2,
    warm=False,
)
def start(shot: Shot) -> Found:
    """Empty folders for everything that is kept between runs; Python's own compiled modules are there, as after an installation.

    ``--help`` is asked three times, of which the last counts, so that the files are in the system's memory.
    """
    words = ("run", "seminar", "--reps", "1", "--days", "30") if shot.quick else ("run", "seminar")
    with tempfile.TemporaryDirectory(prefix="protestlaw-fresh-") as folder:
        caches = Path(folder)
        helped = [_asked("--help", caches=caches) for _ in range(3)][-1]
        first, second = (_asked(*words, caches=caches) for _ in range(2))
    values = {"protestlaw --help": helped, "first protestlaw run seminar": first, "second protestlaw run seminar": second}
    return Found(values, facts={"command": " ".join(words)}, reduced="one run of 30 days" if shot.quick else "")
