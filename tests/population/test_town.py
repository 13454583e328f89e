"""Towns: those of the library, what is built from them, and the table of their parameters."""

import math
import re

import numpy as np
import pytest

from sim.population import Town, Traits, build_town, load_town, parameters
from sim.texts import names

TOWNS = names("town")
KAZAKH = {"kazakhstan/1995", "kazakhstan/2020-bill", "kazakhstan/2020-mazhilis", "kazakhstan/2020-act"}


@pytest.fixture(scope="module")
def seminar() -> Town:
    return build_town(load_town("seminar"), Traits(), 3, seed=1)


def columns(town: Town) -> dict[str, bytes]:
    people = {name: getattr(town.people, name).tobytes() for name in town.people.rows.dtype.names}
    return {**people, "indptr": town.ties.indptr.tobytes(), "neighbours": town.ties.neighbours.tobytes()}


def test_the_library_has_its_towns() -> None:
    assert TOWNS == ["almaty", "berlin", "seminar"]


@pytest.mark.parametrize("name", TOWNS)
def test_a_town_of_the_library_has_what_the_model_needs(name: str) -> None:
    spec = load_town(name)
    assert spec.town.name == name
    assert {"symbolic", "square", "street", "remote"} <= {site.kind for site in spec.sites}
    assert any(site.near for site in spec.sites)
    assert spec.income.median_wage < spec.income.mean_wage


@pytest.mark.parametrize("name", TOWNS)
def test_every_value_of_the_library_has_a_source(name: str) -> None:
    spec = load_town(name)
    tables = [spec.town, spec.people, spec.income, *spec.districts, *spec.sites]
    assert all("source" in table.model_fields_set or "sources" in table.model_fields_set for table in tables)
    assert all(row.source for row in parameters(spec, Traits()))


@pytest.mark.parametrize(
    ("name", "adults", "districts"), [("almaty", 1_300_000, 8), ("berlin", 3_162_489, 12), ("seminar", 20_000, 4)]
)
def test_the_towns_are_as_large_as_they_are(name: str, adults: int, districts: int) -> None:
    spec = load_town(name)
    assert (spec.people.adults, len(spec.districts)) == (adults, districts)


def test_berlins_districts_sum_to_the_register() -> None:
    assert sum(district.adults for district in load_town("berlin").districts) == 3_769_495


def test_berlins_wages_are_one_lognormal() -> None:
    income = load_town("berlin").income
    assert income.log_sd == pytest.approx(math.sqrt(2.0 * math.log(income.mean_wage / income.median_wage)), abs=0.005)


@pytest.mark.parametrize("name", ["almaty", "seminar"])
def test_places_under_the_laws_of_kazakhstan(name: str) -> None:
    places = {law: [site for site in load_town(name).sites if law in site.designated_under] for law in KAZAKH}
    assert [site.kind for site in places["kazakhstan/1995"]] == ["remote"], "one, out of sight"
    sizes = [
        len(places[law]) for law in ("kazakhstan/1995", "kazakhstan/2020-bill", "kazakhstan/2020-mazhilis", "kazakhstan/2020-act")
    ]
    assert sizes == sorted(set(sizes)), "each step designates more places than the one before"


@pytest.mark.parametrize("name", ["almaty", "seminar"])
def test_no_designated_place_lies_in_a_zone_its_law_may_close(name: str) -> None:
    assert [site.name for site in load_town(name).sites if site.designated_under and site.near] == []


def test_the_act_promises_almatys_central_districts_three_places_each() -> None:
    promised = [site.district for site in load_town("almaty").sites if "kazakhstan/2020-act" in site.designated_under]
    assert all(promised.count(district) >= 3 for district in ("Almaly", "Bostandyk", "Medeu"))


def test_everybody_lives_somewhere(seminar: Town) -> None:
    assert seminar.n == seminar.people.n == seminar.ties.indptr.size - 1 == 20_000
    assert seminar.district_slices == (slice(0, 5_000), slice(5_000, 11_000), slice(11_000, 15_000), slice(15_000, 20_000))
    for number, block in enumerate(seminar.district_slices):
        assert set(seminar.people.district[block].tolist()) == {number}


def test_distance_is_as_the_crow_flies(seminar: Town) -> None:
    assert seminar.distance.shape == (4, 6)
    assert seminar.distance.dtype == np.float32
    assert seminar.distance[0, 0] == pytest.approx(math.hypot(0.2, 0.1))
    assert seminar.distance[3, 5] == pytest.approx(math.hypot(-0.6 + 1.5, -1.8 + 3.4))


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(seminar: Town) -> None:
    again, other = (build_town(seminar.spec, Traits(), 3, seed) for seed in (1, 2))
    assert columns(again) == columns(seminar)
    drawn = columns(seminar).keys() - {"district"}
    assert all(columns(other)[name] != columns(seminar)[name] for name in drawn)


def test_a_further_issue_changes_nothing_else(seminar: Town) -> None:
    more = build_town(seminar.spec, Traits(), 4, seed=1)
    assert np.array_equal(more.people.concern[:3], seminar.people.concern)
    assert columns(more) | {"concern": b""} == columns(seminar) | {"concern": b""}


@pytest.mark.parametrize("name", TOWNS)
def test_the_table_of_parameters_is_complete(name: str) -> None:
    rows = parameters(load_town(name), Traits())
    assert len({row.name for row in rows}) == len(rows)
    for row in rows:
        assert row.meaning
        assert row.unit
        assert row.range[0] <= row.value <= row.range[1], row
    listed = {row.name for row in rows}
    assert {f"traits.{name}" for name in Traits.model_fields} <= listed
    assert {"people.adults", "income.median_wage", "ties.mean", "ties.density"} <= listed


def test_a_parameter_tells_its_own_source_where_the_text_is_silent() -> None:
    rows = {row.name: row for row in parameters(load_town("almaty"), Traits())}
    assert rows["income.median_wage"].value == 112_195
    assert "stat.gov.kz" in rows["income.median_wage"].source
    assert "McCormick" in rows["ties.log_sd"].source
    assert "Demoscope" in rows["traits.deference_full"].source
    assert rows["traits.risk_log_sd"].source == "assumption"


def test_deference_cannot_be_both() -> None:
    with pytest.raises(ValueError, match=re.escape("deference_full + deference_none = 1.1")):
        Traits(deference_full=0.8, deference_none=0.3)
