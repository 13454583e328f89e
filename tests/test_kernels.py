"""Machine code is kept by the state of all kernels: what was compiled from other sources is never loaded."""

import importlib.util
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numba
import pytest

import sim.kernels
from sim.behaviour.decay import left
from sim.kernels import cache_folder, jit

SIM = Path(sim.kernels.__file__).parent
COMPILED = sorted(path.relative_to(SIM) for path in SIM.rglob("*.py") if "@jit" in path.read_text(encoding="utf-8"))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the sources."""
    place = tmp_path / "sim"
    shutil.copytree(SIM, place, ignore=shutil.ignore_patterns("__pycache__", "library"))
    return place


def kernels_of(house: Path) -> ModuleType:
    """``sim.kernels`` as it stands in a house."""
    spec = importlib.util.spec_from_file_location("kernels_of_a_copy", house / "kernels.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_something_to_compile() -> None:
    assert {Path("streams.py"), Path("behaviour/turnout.py"), Path("population/ties.py")} <= set(COMPILED)


def test_equal_sources_share_a_folder_wherever_they_stand(house: Path) -> None:
    assert kernels_of(house).cache_folder() == cache_folder()


@pytest.mark.parametrize("name", COMPILED, ids=str)
def test_another_kernel_anywhere_is_another_folder(house: Path, name: Path) -> None:
    """Numba itself would renew only the functions of the changed file, not those that call them."""
    path = house / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert kernels_of(house).cache_folder() != cache_folder()


def test_a_new_file_of_kernels_is_another_folder(house: Path) -> None:
    (house / "behaviour" / "weather.py").write_text("RAIN = 1.0\n", encoding="utf-8")
    assert kernels_of(house).cache_folder() != cache_folder()


@pytest.mark.parametrize("name", ["record/log.py", "model/model.py", "law/regime.py", "institutions/police.py"])
def test_what_is_never_compiled_keeps_the_folder(house: Path, name: str) -> None:
    (house / name).write_text("", encoding="utf-8")
    assert kernels_of(house).cache_folder() == cache_folder()


def test_numbas_own_variable_is_honoured(house: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "mine"))
    assert cache_folder().parent == tmp_path / "mine" / "kernels"
    assert Path(kernels_of(house)._FOLDER) == cache_folder()


@pytest.mark.parametrize(
    ("platform", "variable", "inside"),
    [
        ("linux", "XDG_CACHE_HOME", ("protestlaw", "kernels")),
        ("win32", "LOCALAPPDATA", ("protestlaw", "kernels")),
    ],
)
def test_a_platforms_own_place_is_used(
    platform: str, variable: str, inside: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert cache_folder().parent == tmp_path.joinpath(*inside)


@pytest.mark.parametrize(("platform", "parts"), [("linux", (".cache",)), ("darwin", ("Library", "Caches"))])
def test_without_a_word_it_is_the_users_own_cache(
    platform: str, parts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert cache_folder().parent == tmp_path.joinpath(*parts, "protestlaw", "kernels")


def test_compiled_functions_are_kept_there() -> None:
    assert Path(left.stats.cache_path).is_relative_to(sim.kernels._FOLDER)


def test_numbas_settings_are_left_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", "elsewhere")
    jit(double)
    assert numba.config.CACHE_DIR == "elsewhere"

    def fails(**_: object) -> Callable[..., object]:
        assert sim.kernels._FOLDER == numba.config.CACHE_DIR
        raise RuntimeError("no compiler")

    monkeypatch.setattr(numba, "njit", fails)
    with pytest.raises(RuntimeError, match="no compiler"):
        jit(double)
    assert numba.config.CACHE_DIR == "elsewhere", "even if compiling failed"


def test_arithmetic_is_exact_and_threads_may_run() -> None:
    """No fast-math: else the bits of a result would depend on the machine. Division by zero is as numpy's."""
    options = jit(double).targetoptions
    assert not options.get("fastmath")
    assert options["nogil"]
    assert options["error_model"] == "numpy"


def double(x: float) -> float:
    return 2.0 * x


def test_a_kernel_called_with_constants_is_compiled_once_for_their_type() -> None:
    @jit
    def double(number: int) -> int:
        return 2 * number

    @jit
    def sum_of_doubles() -> int:
        return double(1) + double(2) + double(3)

    assert sum_of_doubles() == 12
    (kinds,) = double.signatures
    assert kinds == (numba.int64,)
