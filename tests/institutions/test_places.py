"""Places: designated, prohibited, booked."""

import pytest

from sim.institutions.places import Places
from sim.law import load_law
from sim.population import load_town

TOWN_HALL, MARKET, HIGH_STREET, RIVER_PARK, SPEAKERS_CORNER, FIELD = range(6)
TOWN = load_town("seminar")


def places(**rules):
    changes = {f"places.{key}": value for key, value in ({"prohibited": []} | rules).items()}
    return Places(TOWN, load_law("kazakhstan/2020-bill", changes))


# -- designation -----------------------------------------------------------------------------------------------------------


def test_a_plan_of_the_law_says_which_places_are_designated():
    assert places().designated == {RIVER_PARK, FIELD}
    assert places(plan="kazakhstan/1995").designated == {FIELD}
    assert places(plan="kazakhstan/2020-act").designated == {MARKET, HIGH_STREET, RIVER_PARK, FIELD}


@pytest.mark.parametrize("plan", [None, "a plan that the town does not know"])
def test_without_a_plan_the_city_chooses_remote_places_unless_they_must_be_central(plan):
    def chosen(number, central):
        return places(plan=plan, designated=number, central=central).designated

    assert chosen(1, central=False) == {FIELD}
    assert chosen(2, central=False) == {FIELD, RIVER_PARK}
    assert chosen(1, central=True) == {HIGH_STREET}
    assert chosen(3, central=True) == {HIGH_STREET, MARKET, SPEAKERS_CORNER}


def test_the_city_designates_neither_the_symbolic_place_nor_a_prohibited_zone():
    assert places(plan=None, designated=6, central=True).designated == {MARKET, HIGH_STREET, RIVER_PARK, SPEAKERS_CORNER, FIELD}
    found = places(plan=None, designated=6, central=True, prohibited=["transport"])
    assert found.designated == {MARKET, HIGH_STREET, RIVER_PARK, FIELD}


def test_where_anywhere_will_do_nothing_is_designated():
    assert places(rule="anywhere").designated == frozenset()


# -- who is bound ----------------------------------------------------------------------------------------------------------


def test_forms_are_bound_as_the_law_says_and_exempt_gatherings_never_are():
    all_forms, marches = places(), places(applies_to=["march"])
    assert all_forms.bound("rally", "permit")
    assert not all_forms.bound("rally", "exempt")
    assert marches.bound("march", "notification")
    assert not marches.bound("rally", "permit")
    assert not places(rule="anywhere").bound("rally", "permit")


def test_where_a_gathering_is_lawful():
    bound = places(applies_to=["rally"], prohibited=["transport", "government"])
    assert bound.prohibited == {TOWN_HALL, SPEAKERS_CORNER}
    assert bound.lawful(RIVER_PARK, "rally", "permit")
    assert not bound.lawful(MARKET, "rally", "permit")
    assert bound.lawful(MARKET, "rally", "exempt")
    assert bound.lawful(MARKET, "picket", "permit")
    assert not any(bound.lawful(TOWN_HALL, form, procedure) for form in ("rally", "picket") for procedure in ("permit", "exempt"))


def test_a_designated_place_in_a_prohibited_zone_is_not_lawful():
    assert not places(plan="kazakhstan/2020-act", prohibited=["memorial", "government"]).lawful(TOWN_HALL, "rally", "permit")
    zone = [near for near in ("court", "transport") if near in TOWN.sites[SPEAKERS_CORNER].near]
    assert not places(plan=None, designated=5, prohibited=zone).lawful(SPEAKERS_CORNER, "rally", "permit")


def test_no_law_binds_nobody():
    free = Places(TOWN, load_law("no-law"))
    assert free.designated == free.prohibited == frozenset()
    assert all(free.lawful(site, "march", "exempt") for site in range(6))
    assert not free.exclusive


def test_another_law_changes_places_and_leaves_bookings():
    found = places(exclusive=True)
    found.book(RIVER_PARK, 10, 7)
    found.enact(load_law("no-law"))
    assert found.designated == frozenset()
    assert not found.taken(RIVER_PARK, 10)  # nothing is exclusive now
    found.enact(places(exclusive=True).regime)
    assert found.designated == {RIVER_PARK, FIELD}
    assert found.taken(RIVER_PARK, 10)


# -- bookings --------------------------------------------------------------------------------------------------------------


def test_a_slot_belongs_to_who_booked_it_first():
    found = places(exclusive=True)
    assert not found.taken(RIVER_PARK, 10)
    found.book(RIVER_PARK, 10, 7)
    found.book(RIVER_PARK, 10, 8)
    assert found.taken(RIVER_PARK, 10)
    assert found.taken(RIVER_PARK, 10, 8)
    assert not found.taken(RIVER_PARK, 10, 7)
    assert not found.taken(RIVER_PARK, 11, 8)
    assert not found.taken(FIELD, 10, 8)


def test_a_phantom_s_slot_is_taken_for_everyone():
    found = places(exclusive=True)
    found.book(RIVER_PARK, 10, None)
    assert found.taken(RIVER_PARK, 10)
    assert found.taken(RIVER_PARK, 10, 0)


def test_slots_are_given_back():
    found = places(exclusive=True)
    for site, date, who in ((RIVER_PARK, 10, 7), (RIVER_PARK, 11, 7), (FIELD, 10, 8)):
        found.book(site, date, who)
    found.release(7)
    assert not found.taken(RIVER_PARK, 10)
    assert not found.taken(RIVER_PARK, 11)
    assert found.taken(FIELD, 10)
    found.release(7)  # nothing left to give back


def test_where_slots_are_shared_nothing_is_taken():
    found = places()
    found.book(RIVER_PARK, 10, 7)
    assert not found.taken(RIVER_PARK, 10, 8)
