"""Town texts that are wrong, and the words the error must say."""

from pathlib import Path

import pytest

from sim.errors import Problem, TownError, UnknownNameError
from sim.population import load_town
from sim.texts import library

SEMINAR = (library() / "towns" / "seminar.toml").read_text(encoding="utf-8")


def problems(tmp_path: Path, *changes: tuple[str, str]) -> tuple[Problem, ...]:
    """What is said of the seminar's town after replacing the first occurrence of each old text by a new one."""
    text = SEMINAR
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TownError) as caught:
        load_town(path)
    assert caught.value.file == str(path)
    assert str(caught.value).startswith(f"{path}: {len(caught.value.problems)} problem")
    return caught.value.problems


AGAIN = '[[districts]]\nname = "Centre"\nadults = 1\nat = [0, 0]\n\n[[sites]]'
KINDS = "symbolic, square, park, street, remote, free_speech"


@pytest.mark.parametrize(
    ("old", "new", "key", "found", "allowed", "hint"),
    [
        pytest.param('kind = "square"', 'kind = "sqare"', "sites.1.kind", "'sqare'", KINDS, "square", id="kind"),
        pytest.param(
            'district = "Riverside"',
            'district = "Riverbed"',
            "sites.3.district",
            "'Riverbed'",
            "Centre, Riverside, Station, Hillside",
            "Riverside",
            id="district",
        ),
        pytest.param("[[sites]]", AGAIN, "districts.4.name", "'Centre' a second time", "names that differ", None, id="double"),
        pytest.param(
            'name = "High Street"',
            'name = "Market Square"',
            "sites.2.name",
            "'Market Square' a second time",
            "differ",
            None,
            id="site",
        ),
        pytest.param(
            'kind = "symbolic"', 'kind = "square"', "sites", "no site of the kind 'symbolic'", "at least one", None, id="symbolic"
        ),
        pytest.param("capacity = 800", "capacity = 0", "sites.1.capacity", "0", "greater than 0", None, id="capacity"),
        pytest.param("capacity = 800", "capacity = 0.5", "sites.1.capacity", "0.5", "a whole number", None, id="half-a-person"),
        pytest.param(
            "foreigners = 0.02", "foreigners = 1.2", "people.foreigners", "1.2", "less than or equal to 1", None, id="share"
        ),
        pytest.param("foreigners = 0.02", "foreigners = nan", "people.foreigners", "nan", "a finite number", None, id="nan"),
        pytest.param("adults = 20_000", "adults = 0", "people.adults", "0", "greater than 0", None, id="nobody"),
        pytest.param(
            "adults = 20_000",
            "adults = 2e9",
            "people.adults",
            "2000000000.0",
            "less than or equal to 100000000",
            None,
            id="too-many",
        ),
        pytest.param("adults = 20_000", 'adults = "many"', "people.adults", "'many'", "a whole number", None, id="text"),
        pytest.param("log_sd = 0.68\n", "", "income.log_sd", "nothing", "it is required", None, id="missing"),
        pytest.param("log_sd = 0.68", "log_sd = -1", "income.log_sd", "-1", "greater than or equal to 0", None, id="spread"),
        pytest.param(
            "median_wage = 112_195",
            "medium_wage = 1\nmedian_wage = 1",
            "income.medium_wage",
            "unknown key",
            "mean_wage",
            "median_wage",
            id="key",
        ),
        pytest.param(
            'near = ["government"', 'near = ["goverment"', "sites.0.near.0", "'goverment'", "government", "government", id="zone"
        ),
        pytest.param("at = [0.2, 0.1]", "at = [0.2]", "districts.0.at.1", "nothing", "it is required", None, id="half-a-place"),
        pytest.param(
            "at = [0.2, 0.1]", "at = [43.2, 7000]", "districts.0.at.1", "7000", "less than or equal to 200", None, id="far"
        ),
        pytest.param('country = "KZ"', 'country = "Kazakhstan"', "town.country", "'Kazakhstan'", "[A-Z]{2}", None, id="country"),
        pytest.param('currency = "KZT"', 'currency = "tenge"', "town.currency", "'tenge'", "[A-Z]{3}", None, id="currency"),
        pytest.param(
            "sources.log_sd",
            "sources.logsd",
            "income.sources.logsd",
            "unknown key 'logsd'",
            "log_sd, mean_wage",
            "log_sd",
            id="source",
        ),
        pytest.param(
            "[income]", "[ties]\nlong_share = 2\n[income]", "ties.long_share", "2", "less than or equal to 1", None, id="ties"
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, key: str, found: str, allowed: str, hint: str | None) -> None:
    (problem,) = problems(tmp_path, (old, new))
    assert problem.key == key
    assert found in problem.found
    assert allowed in problem.allowed
    assert problem.hint == hint


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        ("foreigners = 0.02", "foreigners = 2"),
        ("log_sd = 0.68", "log_sd = -1"),
        ('name = "Station"', 'name = "Centre"'),
        ('kind = "square"', 'kind = "sqare"'),
        ("capacity = 1_000", "capacity = 0"),
    )
    assert {problem.key for problem in told} == {
        "people.foreigners",
        "income.log_sd",
        "districts.2.name",
        "sites.1.kind",
        "sites.2.capacity",
    }


def test_contradictions_are_told_together(tmp_path: Path) -> None:
    told = problems(tmp_path, ('district = "Riverside"', 'district = "Riverbed"'), ('kind = "symbolic"', 'kind = "park"'))
    assert [problem.key for problem in told] == ["sites.3.district", "sites"]


def test_a_text_that_is_not_toml(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, ("[town]", "[town"))
    assert "not TOML" in problem.found


def test_a_town_nobody_knows() -> None:
    with pytest.raises(
        UnknownNameError, match=r"No town is called 'almatty'\. Did you mean 'almaty'\? Known: almaty, berlin, seminar"
    ):
        load_town("almatty")
