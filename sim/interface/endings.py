"""How commands end: their exit codes, and what is said of runs that were interrupted or failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typer

__all__ = ["FAILED", "INTERRUPTED", "WRONG", "end_if_failed", "runs_kept"]

FAILED: Final = 1
"""Exit code when some runs failed, and the others are there."""

WRONG: Final = 2
"""Exit code when something that was asked for cannot be done; 1 is for texts that ``validate`` finds wrong."""

INTERRUPTED: Final = 130
"""Exit code after an interrupt from the keyboard, as shells have it (128 + SIGINT)."""


@contextmanager
def runs_kept(folder: Path | None) -> Iterator[None]:
    """Runs that are kept as they end: an interrupt from the keyboard says where, and how to go on.

    Args:
        folder: where they are kept; none if they are not.
    """
    from sim.interface.screen import note

    try:
        yield
    except KeyboardInterrupt:
        kept = f"The runs that ended are kept in {folder}; the same command goes on from there."
        note(f"Interrupted. {kept if folder else 'Nothing was kept.'}")
        raise typer.Exit(INTERRUPTED) from None


def end_if_failed(failed: int, total: int, where: str) -> None:
    """End the command if runs failed, saying how many, and where to read why (``; see results/failures.csv``)."""
    from sim.interface.screen import note

    if failed:
        note(f"{failed} of {total} runs failed{where}")
        raise typer.Exit(FAILED)
