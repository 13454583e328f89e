"""What two laws hold differently, as people are told it."""

import itertools

from sim.interface.provisions import provisions, several
from sim.law import load_law
from sim.law.diff import diff
from sim.texts import names


def test_what_moves_protests_comes_first_and_money_last() -> None:
    found = provisions(load_law("kazakhstan/1995"), load_law("belarus"))
    parts = [one.key.partition(".")[0] for one in found]
    known = [part for part in dict.fromkeys(parts) if not part.startswith("an assembly ")]
    assert known[:4] == ["threshold", "limits", "places", "sanctions"]
    assert parts[1].startswith("an assembly "), "what is owed follows the threshold"
    assert parts.count("money") == 1
    assert found[-1].key == "money"
    assert str(found[-1]) == (
        "money: MCI in KZT, values of 13 years, wages of 13 years -> base units in BYN, values of 6 years, wages of 6 years"
    )


def test_a_few_values_of_money_are_told_as_they_are() -> None:
    law = load_law("kazakhstan/2020-bill")
    values = (law.money.values[0].model_copy(update={"amount": 7.0}), *law.money.values[1:])
    changed = law.model_copy(update={"money": law.money.model_copy(update={"values": values})})
    (one,) = provisions(law, changed)
    assert (one.key, one.after) == (f"money.values.{values[0].since}.amount", "7")


def test_many_values_of_one_money_are_counted() -> None:
    law = load_law("kazakhstan/2020-bill")
    values = tuple(row.model_copy(update={"amount": row.amount + 1}) for row in law.money.values)
    changed = law.model_copy(update={"money": law.money.model_copy(update={"values": values})})
    (one,) = provisions(law, changed)
    assert one.before != one.after
    assert one.after.endswith(f", with {len(values)} of them other")


def test_nothing_but_money_is_left_out() -> None:
    laws = [load_law(name) for name in names("law")]
    for a, b in itertools.pairwise(laws):
        told = [one for one in provisions(a, b) if not one.key.startswith("money")]
        assert sorted(map(str, told)) == sorted(str(one) for one in diff(a, b) if not one.key.startswith("money"))


def test_several_are_told_and_the_rest_counted() -> None:
    assert several(["a", "b"]) == "a; b"
    assert several("abcde") == "a; b; c; and 2 more"
    assert several(["a" * 200, "b" * 200]) == f"{'a' * 200}; and 1 more"
    assert several([]) == ""
