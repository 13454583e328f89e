"""The command as a whole, on works that measure nothing; and two commits of a small repository."""

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.comparing import NoSuchCommit, at_commit, commit_of
from benchmarks.work import Budget, Work

FAKE = "from benchmarks.work import Found\nimport sim\ndef work(shot):\n    return Found({'took': sim.SECONDS + shot.number})\n"
TOOK = Work("took", "what the sources say", (Budget("took", "s", 3.0),), "fakework", "work", repeats=3, warm=False)
BROKEN = Work("broken", "not there", (Budget("never", "s", 3.0),), "fakework", "nothing", repeats=1, warm=False)

SIGNED = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits: what takes 4 seconds in the first takes 1 in the second."""
    root = tmp_path / "repository"
    (root / "sim").mkdir(parents=True)
    (root / "fakework.py").write_text(FAKE)
    git(root, "init", "--quiet")
    for seconds in (4.0, 1.0):
        (root / "sim" / "__init__.py").write_text(f"SECONDS = {seconds}\n")
        git(root, "add", ".")
        git(root, *SIGNED, "commit", "--quiet", "-m", f"{seconds}")
    (root / ".git" / "info" / "exclude").write_text("__pycache__\n")
    return root


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True).stdout.strip()


def test_a_table_is_printed_and_a_document_written(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["took", "--out", str(tmp_path / "out")], {"took": TOOK}, repository) == 0
    printed = capsys.readouterr().out
    assert "2 s" in printed
    assert "pass" in printed
    (path,) = (tmp_path / "out").glob("*.json")
    assert path.stem.endswith(commit_of(repository))
    document = json.loads(path.read_text())
    assert document["budgets"][0]["values"] == [1.0, 2.0, 3.0]
    assert document["comparison"] == []
    assert str(tmp_path) not in path.read_text(), "no path of this machine"


def test_two_commits_are_compared_and_the_checkout_stays_as_it_is(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = git(repository, "status", "--porcelain")
    assert main(["took", "--against", "HEAD~1", "--out", str(tmp_path / "out")], {"took": TOOK}, repository) == 0
    assert "here / other" in capsys.readouterr().out
    (path,) = (tmp_path / "out").glob("*-against-*.json")
    row = next(row for row in json.loads(path.read_text())["comparison"] if row["measure"] == "took")
    assert (row["other"], row["here"], row["pairs"]) == (5.0, 2.0, 3)
    assert row["ratio"] == pytest.approx((1 / 4 * 2 / 5 * 3 / 6) ** (1 / 3))
    assert row["low"] < row["ratio"] < row["high"]
    assert git(repository, "status", "--porcelain") == before
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_a_failed_work_is_told_and_the_others_are_measured(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path / "out")], {"broken": BROKEN, "took": TOOK}, repository) == 1
    printed = capsys.readouterr().out
    assert "failed: AttributeError" in printed
    assert "pass" in printed
    (path,) = (tmp_path / "out").glob("*.json")
    assert [row["verdict"] for row in json.loads(path.read_text())["budgets"]] == ["failed", "pass"], "no words of an error"


def test_a_commit_that_is_not_there_is_named(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["took", "--against", "no-such", "--out", str(tmp_path / "out")], {"took": TOOK}, repository) == 2
    assert "no-such" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_worktree_is_gone_even_after_an_error(repository: Path) -> None:
    with at_commit(repository, "HEAD~1") as tree:
        assert (tree / "sim" / "__init__.py").read_text() == "SECONDS = 4.0\n"
    assert not tree.exists()

    def fails_midway() -> None:
        with at_commit(repository, "HEAD~1"):
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        fails_midway()
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_a_changed_checkout_says_so(repository: Path, tmp_path: Path) -> None:
    clean = commit_of(repository)
    (repository / "sim" / "__init__.py").write_text("SECONDS = 0.5\n")
    assert commit_of(repository) == f"{clean}+"
    with pytest.raises(NoSuchCommit):
        commit_of(tmp_path)


def test_works_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert "many-almaty" in capsys.readouterr().out


def test_a_misspelt_work_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["almati"])
    assert "almaty" in capsys.readouterr().err
