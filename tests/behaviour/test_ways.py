"""The numbers in a decision stand for the words of the model, in their order."""

from sim.behaviour import ways
from sim.record import STRATEGIES
from sim.words import FORMS, SITE_KINDS


def test_numbers_stand_for_words() -> None:
    names = ("PICKET", "SMALL", "UNDER", "EXPECTED", "SPLIT", "UNFILED", "OUTSIDE", "SPONTANEOUS", "PHANTOM")
    words = (
        "single_picket",
        "small",
        "under_threshold",
        "expected",
        "split",
        "unannounced",
        "exempt_kind",
        "spontaneous",
        "phantom",
    )
    assert [getattr(ways, name) for name in names] == [STRATEGIES.index(word) for word in words]
    assert set(words) | {"wait"} == set(STRATEGIES)
    assert FORMS.index("rally") == ways.STANDING
    assert FORMS.index("single_picket") == 0
    assert len(SITE_KINDS) == ways.KINDS
    assert {ways.EXEMPT, ways.NOTIFICATION, ways.PERMIT, ways.BANNED} == {0, 1, 2, 3}


def test_records_have_room_for_every_form_and_procedure() -> None:
    assert ways.SITE["lawful"].shape == ways.SITE["waived"].shape == (len(FORMS), 4)
    assert ways.FACTS["designated"].shape == (len(FORMS),)
    assert ways.FACTS["known"].shape == ways.FACTS["heard"].shape == (4, 2)
