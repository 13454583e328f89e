"""The architecture is a test: imports point one way, and never in a circle."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["contracts"]}


def lint_imports(folder: Path) -> tuple[int, str]:
    """Holds the ``sim`` of ``folder`` against the contracts in its pyproject.toml: the exit code and what was said."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache"]
    plain = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "PYTHONPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_contract_is_kept() -> None:
    code, said = lint_imports(ROOT)
    assert code == 0, said
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with our contracts, and an empty package for each room."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    rooms = [room.strip() for layer in CONTRACTS["layers"]["layers"] for room in layer.split("|")]
    for room in ("", *rooms):
        (tmp_path / "sim" / room).mkdir()
        (tmp_path / "sim" / room / "__init__.py").touch()
    return tmp_path


def test_an_empty_house_keeps_every_contract(house: Path) -> None:
    code, said = lint_imports(house)
    assert code == 0, said


@pytest.mark.parametrize(
    ("contract", "files"),
    [
        pytest.param("layers", {"law/rules.py": "import sim.model"}, id="upwards"),
        pytest.param("layers", {"measurement/tables.py": "import sim.model"}, id="to-a-neighbour"),
        pytest.param("layers", {"attic.py": ""}, id="a-room-without-a-layer"),
        pytest.param("layers", {"law/rules.py": "def late() -> None:\n    import sim.model"}, id="upwards-within-a-function"),
        pytest.param("acyclic", {"law/a.py": "import sim.law.b", "law/b.py": "import sim.law.a"}, id="in-a-circle"),
        pytest.param("public-face", {"errors/all.py": "from sim import simulate"}, id="through-the-public-face"),
    ],
)
def test_an_import_that_points_the_wrong_way_breaks_its_contract(house: Path, contract: str, files: dict[str, str]) -> None:
    for name, text in files.items():
        (house / "sim" / name).write_text(text, encoding="utf-8")
    code, said = lint_imports(house)
    broken = [name for name, terms in CONTRACTS.items() if f"{terms['name']} BROKEN" in said]
    assert (code, broken) == (1, [contract]), said
