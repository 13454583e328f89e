"""Levers: each says what the running scenario has, and what it is put to is what is run."""

import pytest

from sim.interface.watching.levers import Lever, Offer, levers, offers
from sim.interface.watching.watch import Watch

SEMINAR = Watch("seminar")


@pytest.fixture(scope="module")
def offered() -> tuple[Offer, ...]:
    return offers(SEMINAR)


def shown(watch: Watch, offered: tuple[Offer, ...]) -> dict[str, Lever]:
    """The levers by name."""
    return {lever.label: lever for lever in levers(watch, watch.read(), offered)}


def says(lever: Lever) -> str:
    return lever.levels[lever.at].words


def test_levers_stand_where_the_scenario_has_them(offered: tuple[Offer, ...]) -> None:
    assert {label: says(lever) for label, lever in shown(SEMINAR, offered).items()} == {
        "Threshold for a permit": "250 persons",
        "If more come than the threshold": "assembly ended",
        "Notice": "5 working days or 10 working days",
        "Highest fine for taking part": "20 MCI, at least 20 MCI; a repeat 50 MCI",
        "Where": "designated places only",
        "How officials behave": "the scenario's own",
    }


def test_where_a_lever_is_put_is_what_is_run(offered: tuple[Offer, ...]) -> None:
    first = shown(SEMINAR, offered)
    for label, lever in first.items():
        for place, level in enumerate(lever.levels):
            moved = shown(SEMINAR.changed(level.settings, lever.keys), offered)
            assert (says(moved[label]), moved[label].at) == (level.words, place)
            assert all(says(moved[name]) == says(other) for name, other in first.items() if name != label)


def test_amounts_rise_and_none_is_beyond_all(offered: tuple[Offer, ...]) -> None:
    words = [level.words for level in shown(SEMINAR, offered)["Threshold for a permit"].levels]
    assert words[:2] == ["10 persons", "20 persons"]
    assert words[-2:] == ["2,000 persons", "none"]


def test_a_value_that_no_level_has_becomes_one(offered: tuple[Offer, ...]) -> None:
    lever = shown(SEMINAR.changed({"law.threshold": 137}), offered)["Threshold for a permit"]
    assert says(lever) == "137 persons"
    assert [lever.levels[lever.at + way].words for way in (-1, 1)] == ["100 persons", "150 persons"]
    assert lever.levels[lever.at].settings == {"law.threshold": 137}


def test_a_lever_can_be_put_back_to_what_the_law_says(offered: tuple[Offer, ...]) -> None:
    moved = SEMINAR.changed({"law.procedures.notification|permit.notice": "10 working days"})
    lever = shown(moved, offered)["Notice"]
    assert says(lever) == "10 working days"
    own = lever.levels[0]
    assert own.words == "5 working days or 10 working days"
    assert moved.changed(own.settings, lever.keys) == SEMINAR


def test_what_the_law_would_not_take_is_not_offered(offered: tuple[Offer, ...]) -> None:
    words = [level.words for level in shown(SEMINAR, offered)["Notice"].levels]
    assert "5 working days" not in words  # a permit is answered within seven, and no later than the assembly
    assert "7 working days" in words


def test_a_law_has_only_the_levers_it_has() -> None:
    assert "Threshold for a permit" not in shown(Watch("almaty-1995-law"), offers(Watch("almaty-1995-law")))
    free = Watch("almaty-no-law")
    assert list(shown(free, offers(free))) == ["How officials behave"]


def test_fines_in_money_are_put_to_wages() -> None:
    berlin = Watch("seminar", {"law": "russia/2014"})
    fine = shown(berlin, offers(berlin))["Highest fine for taking part"]
    assert "RUB" in says(fine)
    assert [level.words for level in fine.levels][1:4] == ["0 wages", "0.1 wages", "0.25 wages"]
