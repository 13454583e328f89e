"""What is shipped: the wheel holds the library of texts, and finds it wherever it is installed."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from sim import texts

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("law", "practice", "reform", "scenario", "town")


def run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> str:
    """Runs this Python with ``command``; its standard output."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **variables}
    done = subprocess.run([sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without a network."""
    place = tmp_path_factory.mktemp("wheel")
    run("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", place, ROOT)
    (built,) = place.glob("protestlaw-*.whl")
    return built


def test_the_wheel_holds_the_code_the_types_marker_and_every_text(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    library = ROOT / "scenarios"
    shipped = {f"sim/library/{path.relative_to(library).as_posix()}" for path in library.rglob("*.toml")}
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sim").rglob("*.py")}
    assert shipped, "scenarios/ holds no text"
    assert {*shipped, *code, "sim/py.typed", "sim/explorers/seminar.toml"} - held == set()
    assert {name.split("/")[0] for name in held} == {"sim", f"protestlaw-{_version()}.dist-info"}


def test_the_wheel_brings_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        entry_points = archive.read(f"protestlaw-{_version()}.dist-info/entry_points.txt").decode()
    assert "protestlaw = sim.interface.cli:main" in entry_points


def test_an_installed_wheel_finds_the_same_texts_as_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", installed, wheel)
    code = f"import json, sim.texts as t; print(json.dumps([t.__file__, {{kind: t.names(kind) for kind in {KINDS}}}]))"
    place, found = json.loads(run("-P", "-c", code, cwd=elsewhere, PYTHONPATH=str(installed)))
    assert Path(place).is_relative_to(installed)
    assert found == {kind: texts.names(kind) for kind in KINDS}
    assert all(found[kind] for kind in ("law", "scenario", "town")), f"a kind of text is missing altogether: {found}"
    code = "from sim.experiment.exploring import explorers, find_explorer; print(explorers(), find_explorer('seminar').is_file())"
    assert run("-P", "-c", code, cwd=elsewhere, PYTHONPATH=str(installed)) == "['seminar'] True\n"


def test_a_checkout_reads_its_own_texts_and_no_copy() -> None:
    assert texts.library() == ROOT / "scenarios"


def test_the_source_archive_holds_what_is_needed_to_test_it(tmp_path: Path) -> None:
    run("-m", "hatchling", "build", "--target", "sdist", "--directory", tmp_path)
    (built,) = tmp_path.glob("protestlaw-*.tar.gz")
    with tarfile.open(built) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    wanted = [path for folder in ("sim", "scenarios", "tests") for path in (ROOT / folder).rglob("*.*") if path.is_file()]
    texts_and_code = {path.relative_to(ROOT).as_posix() for path in wanted if path.suffix in {".py", ".toml"}}
    assert {*texts_and_code, "LICENSE", "README.md", "constraints.txt", "pyproject.toml", ".ci/run"} - held == set()


def _version() -> str:
    return run("-c", "import sim; print(sim.__version__)").strip()
