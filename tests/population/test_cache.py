"""Towns on disk: found again only if everything that makes them is the same and every byte is as it was written."""

import multiprocessing
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from sim.errors import ModelError
from sim.population import Town, TownSpec, Traits, build_town, cache, clear_towns, kept_towns, load_town, town_of
from sim.population.cache import LARGE, town_folder, town_key
from sim.population.store import UNFINISHED, checksum, read_town, write_town

ISSUES, SEED = 3, 7


def small(adults: int = 401) -> TownSpec:
    spec = load_town("seminar")
    return spec.model_copy(update={"people": spec.people.model_copy(update={"adults": adults})})


SPEC, TRAITS = small(), Traits()


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test touches the user's own."""
    monkeypatch.setattr(cache, "user_cache", lambda: tmp_path)
    monkeypatch.delenv("PROTESTLAW_TOWN_CACHE", raising=False)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seeds of the towns that were built, in turn."""
    seeds: list[int] = []

    def build(spec: TownSpec, traits: Traits, issues: int, seed: int) -> Town:
        seeds.append(seed)
        return build_town(spec, traits, issues, seed)

    monkeypatch.setattr(cache, "build_town", build)
    return seeds


def get(seed: int = SEED, spec: TownSpec = SPEC, traits: Traits = TRAITS, issues: int = ISSUES, **how: bool) -> Town:
    return town_of(spec, traits, issues, seed, **{"cache": True, **how})


def same(one: Town, other: Town) -> bool:
    arrays = [(town.people.rows.tobytes(), town.ties.indptr, town.ties.neighbours, town.distance) for town in (one, other)]
    return all(np.array_equal(a, b) for a, b in zip(*arrays, strict=True)) and (one.seed, one.spec) == (other.seed, other.spec)


def test_a_town_from_disk_is_the_town_that_was_built(builds: list[int]) -> None:
    fresh = build_town(SPEC, TRAITS, ISSUES, SEED)
    assert same(get(), fresh)
    assert same(get(), fresh)
    assert builds == [SEED], "once"


def test_what_is_mapped_cannot_be_written() -> None:
    get()
    town = get()
    arrays = (town.people.rows, town.people.theta, town.people.concern, town.ties.indptr, town.ties.neighbours)
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_nor_can_what_was_built() -> None:
    """Else kernels would be compiled for both, and a town could be changed under the models that share it."""
    town = build_town(SPEC, TRAITS, ISSUES, SEED)
    assert not any(array.flags.writeable for array in (town.people.rows, town.ties.indptr, town.ties.neighbours))


# -- the key -----------------------------------------------------------------------------------------------------------------


def test_everything_that_makes_a_town_is_in_its_key() -> None:
    before = town_key(SPEC, TRAITS, ISSUES, SEED)
    others = [
        town_key(small(402), TRAITS, ISSUES, SEED),
        town_key(SPEC.model_copy(update={"ties": SPEC.ties.model_copy(update={"mean": 11.0})}), TRAITS, ISSUES, SEED),
        town_key(SPEC.model_copy(update={"income": SPEC.income.model_copy(update={"log_sd": 0.5})}), TRAITS, ISSUES, SEED),
        town_key(SPEC, Traits(online=0.8), ISSUES, SEED),
        town_key(SPEC, TRAITS, ISSUES + 1, SEED),
        town_key(SPEC, TRAITS, ISSUES, SEED + 1),
    ]
    assert len({before, *others}) == 7
    assert before == town_key(small(), Traits(), ISSUES, SEED)


@pytest.mark.parametrize("name", ["kernels.py", "rows.py", "streams.py", "population/ties.py", "population/new.py"])
def test_other_sources_are_another_key(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = town_key(SPEC, TRAITS, ISSUES, SEED)
    house = tmp_path / "sim"
    shutil.copytree(Path(cache.__file__).parents[1], house, ignore=shutil.ignore_patterns("__pycache__", "library"))
    monkeypatch.setattr(cache, "__file__", str(house / "population" / "cache.py"))
    cache._makers.cache_clear()
    try:
        assert town_key(SPEC, TRAITS, ISSUES, SEED) == before, "wherever they stand"
        cache._makers.cache_clear()
        with (house / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        assert town_key(SPEC, TRAITS, ISSUES, SEED) != before
    finally:
        cache._makers.cache_clear()


@pytest.mark.parametrize(("module", "name"), [(cache.numba, "__version__"), (cache.np, "__version__"), (cache.sys, "byteorder")])
def test_other_libraries_or_machines_are_another_key(module: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache._makers()
    monkeypatch.setattr(module, name, "another")
    assert cache._makers.__wrapped__() != before


# -- damage ------------------------------------------------------------------------------------------------------------------


def test_no_byte_is_trusted(builds: list[int]) -> None:
    """Every byte of the head that says something and every 97th of the rest, with the last: changed, it is not read."""
    get()
    (kept,) = kept_towns()
    key, whole = town_key(SPEC, TRAITS, ISSUES, SEED), kept.path.read_bytes()
    said = len(whole[:4096].rstrip()) + 2
    places = [*range(said), *range(said, len(whole), 97), len(whole) - 1]
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        kept.path.write_bytes(damaged)
        assert read_town(kept.path, key, SPEC, TRAITS, ISSUES, SEED) is None, place
    assert same(get(), build_town(SPEC, TRAITS, ISSUES, SEED))
    assert kept.path.read_bytes() == whole, "it was built anew and written again"
    assert builds == [SEED, SEED]


@pytest.mark.parametrize("left", [0, 1, 100, 4096, -4, -64])
def test_a_truncated_file_is_built_again(left: int, builds: list[int]) -> None:
    get()
    (kept,) = kept_towns()
    os.truncate(kept.path, left % kept.size)
    assert same(get(), build_town(SPEC, TRAITS, ISSUES, SEED))
    assert builds == [SEED, SEED]
    assert kept_towns()[0].size == kept.size


def test_a_longer_file_is_built_again(builds: list[int]) -> None:
    get()
    with kept_towns()[0].path.open("ab") as file:
        file.write(bytes(64))
    get()
    assert builds == [SEED, SEED]


def test_another_town_under_its_name_is_not_taken_for_it(builds: list[int]) -> None:
    get(1)
    path = kept_towns()[0].path
    get(2)
    (other,) = (town.path for town in kept_towns() if town.path != path)
    shutil.copy(other, path)
    assert get(1).seed == 1
    assert builds == [1, 2, 1]


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 31, 32, 33, 64, 1000])
def test_any_single_bit_changes_the_checksum(size: int) -> None:
    part = (np.arange(size) * 37 % 251).astype(np.uint8)
    part.flags.writeable = False
    before = checksum(part)
    for place in range(size):
        changed = part.copy()
        changed[place] ^= 1 << place % 8
        changed.flags.writeable = False
        assert checksum(changed) != before


def test_the_order_of_parts_counts() -> None:
    swapped = [np.repeat(np.array(order, np.uint8), 8) for order in ([1, 2, 3, 4, 5, 6, 7, 8], [5, 2, 3, 4, 1, 6, 7, 8])]
    for one in swapped:
        one.flags.writeable = False
    assert checksum(swapped[0]) != checksum(swapped[1])


# -- many at once, and room ----------------------------------------------------------------------------------------------------


def _get_somewhere(folder: str) -> bytes:
    vars(cache)["user_cache"] = lambda: Path(folder)
    town = get()
    return town.people.rows.tobytes() + town.ties.neighbours.tobytes()


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(_get_somewhere, [str(tmp_path)] * 4))
    town = build_town(SPEC, TRAITS, ISSUES, SEED)
    assert set(found) == {town.people.rows.tobytes() + town.ties.neighbours.tobytes()}
    assert len(kept_towns()) == 1
    assert not list(town_folder().glob(f"*{UNFINISHED}"))


def test_the_town_not_used_for_longest_goes(monkeypatch: pytest.MonkeyPatch, builds: list[int]) -> None:
    get(1)
    size = kept_towns()[0].size
    monkeypatch.setenv("PROTESTLAW_TOWN_CACHE", str(2.9 * size / 1e9))
    for age, seed in enumerate((1, 2)):
        get(seed)
        path = town_folder() / f"{town_key(SPEC, TRAITS, ISSUES, seed)[:32]}.town"
        os.utime(path, (1_000 + age, 1_000 + age))
    get(1)  # used again: 2 is now the older one
    get(3)
    assert sum(town.size for town in kept_towns()) <= 2.9 * size
    builds.clear()
    get(1)
    get(3)
    assert builds == []
    get(2)
    assert builds == [2]


def test_a_town_larger_than_the_bound_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROTESTLAW_TOWN_CACHE", "0.00001")
    assert same(get(), build_town(SPEC, TRAITS, ISSUES, SEED))
    assert kept_towns() == []


def test_what_others_left_unfinished_goes_after_an_hour() -> None:
    get(1)
    old, young = (town_folder() / f"{name}{UNFINISHED}" for name in ("old", "young"))
    for path in (old, young):
        path.write_bytes(b"12345")
    os.utime(old, (1_000, 1_000))
    get(2)
    assert not old.exists()
    assert young.exists(), "somebody may be writing it"


def test_it_says_what_is_kept_and_clears_it(builds: list[int]) -> None:
    assert kept_towns() == []
    assert clear_towns() == 0
    get(1)
    get(2)
    assert [town.size for town in kept_towns()] == [town.path.stat().st_size for town in kept_towns()]
    held = get(1)
    assert clear_towns() > 0
    assert kept_towns() == []
    assert same(held, build_town(SPEC, TRAITS, ISSUES, 1)), "what is in use stays"
    get(1)
    assert builds == [1, 2, 1]


# -- on and off ----------------------------------------------------------------------------------------------------------------


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    get(cache=False)
    monkeypatch.setenv("PROTESTLAW_TOWN_CACHE", "0")
    get()
    assert not town_folder().exists()


def test_only_large_towns_are_kept_by_default() -> None:
    town_of(SPEC, TRAITS, ISSUES, SEED)
    assert kept_towns() == []
    town_of(small(LARGE), TRAITS, ISSUES, SEED)
    assert len(kept_towns()) == 1


@pytest.mark.parametrize("said", ["much", "-1", "nan", "inf"])
def test_a_bound_is_a_number(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROTESTLAW_TOWN_CACHE", said)
    with pytest.raises(ModelError, match=f"PROTESTLAW_TOWN_CACHE .* found '{said}'"):
        get()


def test_without_room_on_disk_the_town_is_built_and_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "towns").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.warns(UserWarning, match="not kept on disk"):
        town = get()
    assert same(town, build_town(SPEC, TRAITS, ISSUES, SEED))


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_town(tmp_path / "some" / "one.town", "key", build_town(SPEC, TRAITS, ISSUES, SEED))
    assert list((tmp_path / "some").iterdir()) == []
