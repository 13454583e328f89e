"""Another commit beside this one: its files in a temporary folder, without a change to the checkout."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["NoSuchCommit", "at_commit", "commit_of"]


class NoSuchCommit(Exception):
    """A commit that is not there, or a folder that is no checkout."""


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True)
    except OSError as error:
        raise NoSuchCommit(f"git cannot be run: {error}") from error
    except subprocess.CalledProcessError as error:
        raise NoSuchCommit(error.stderr.strip() or f"git {words[0]} failed") from error
    return done.stdout.strip()


def commit_of(root: Path, name: str = "HEAD") -> str:
    """A commit by its short number; ``+`` stands behind that of a checkout whose files differ from it.

    Raises:
        NoSuchCommit: if there is none.
    """
    short = _git(root, "rev-parse", "--short=10", f"{name}^{{commit}}")
    differs = name == "HEAD" and _git(root, "status", "--porcelain", "--", "sim", "scenarios", "benchmarks")
    return f"{short}+" if differs else short


@contextlib.contextmanager
def at_commit(root: Path, commit: str) -> Iterator[Path]:
    """The files of a commit, in a worktree that is gone afterwards, whatever happens.

    Raises:
        NoSuchCommit: if there is none.
    """
    full = _git(root, "rev-parse", f"{commit}^{{commit}}")
    with tempfile.TemporaryDirectory(prefix="protestlaw-against-") as folder:
        tree = Path(folder) / "tree"
        _git(root, "worktree", "add", "--detach", "--quiet", str(tree), full)
        try:
            yield tree
        finally:
            _git(root, "worktree", "remove", "--force", str(tree))
