"""Texts: found, read, edited, and told all that is wrong with them at once."""

from typing import Annotated, ClassVar

import pytest
from pydantic import Field

from sim.errors import InputError, Problem, ScenarioError, UnknownNameError
from sim.texts import (
    OneOf,
    Refused,
    Text,
    WordList,
    accept,
    find,
    flattened,
    library,
    names,
    parse_assignment,
    read_toml,
    set_key,
)

COLOURS = ("red", "green", "blue")


class Leaf(Text):
    row_name: ClassVar[str | None] = "name"

    name: str
    source: str
    colour: Annotated[str, OneOf(COLOURS)] = "red"
    least: int = 0
    most: int = 9

    @classmethod
    def contradictions(cls, parts):
        if {"least", "most"} <= parts.keys() and parts["least"] > parts["most"]:
            yield Problem("least", str(parts["least"]), f"at most {parts['most']}")


class Size(Text):
    value: int
    source: str


class Tree(Text):
    size: Size | None = None
    leaves: tuple[Leaf, ...] = ()
    colours: Annotated[tuple[str, ...], WordList(COLOURS, ("any",))] = ()
    marks: dict[str, str] = Field(default_factory=dict)

    @classmethod
    def contradictions(cls, parts):
        if "leaves" in parts and "size" in parts and parts["size"] and len(parts["leaves"]) > parts["size"].value:
            yield Problem("leaves", str(len(parts["leaves"])), f"at most {parts['size'].value}")


def problems(tables):
    with pytest.raises(ScenarioError) as caught:
        accept(Tree, tables, "tree.toml", ScenarioError)
    return {problem.key: problem for problem in caught.value.problems}


def leaf(**said):
    return {"name": "a", "source": "b", **said}


def test_names_are_sorted_and_found():
    for kind in ("law", "reform"):
        assert names(kind) == sorted(names(kind))
        assert all(find(kind, name).is_file() for name in names(kind))
    assert library().is_dir()


def test_a_path_is_found_as_it_is(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("a = 1", encoding="utf-8")
    assert find("law", path) == find("law", str(path)) == path
    with pytest.raises(UnknownNameError, match=r"yours\.toml"):
        find("law", tmp_path / "yours.toml")


def test_a_file_that_is_not_toml_is_told_with_the_line(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("a = 1\nb = oops\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_toml(path, InputError)


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("law.threshold=50", "law.threshold", 50),
        (" a = 0.5 ", "a", 0.5),
        ("a=true", "a", True),
        ("a=50 MCI", "a", "50 MCI"),
        ('a="50 MCI"', "a", "50 MCI"),
        ("a=[1, 2]", "a", [1, 2]),
        ("a=none", "a", "none"),
        ("a=x=y", "a", "x=y"),
        ("a=1\nb = 2", "a", "1\nb = 2"),
        ("a=", "a", ""),
    ],
)
def test_an_assignment_is_read_as_toml_or_as_a_plain_string(text, key, value):
    assert parse_assignment(text) == (key, value)


@pytest.mark.parametrize("text", ["law.threshold", "=50", "law..threshold=50", ".a=1"])
def test_an_assignment_has_a_key_and_a_value(text):
    with pytest.raises(InputError, match="KEY=VALUE"):
        parse_assignment(text)


def test_everything_wrong_is_told_at_once():
    found = problems(
        {"size": {"value": "x", "source": "b"}, "leaves": [leaf(colour="gren"), leaf(least=10, most="many")], "colour": 1}
    )
    assert found.keys() == {"size.value", "leaves.0.colour", "leaves.1.most", "colour"}
    assert found["leaves.0.colour"].hint == "green"
    assert found["colour"].hint == "colours"


def test_contradictions_are_told_beside_wrong_fields():
    assert problems({"size": {"value": 1, "source": "b"}, "leaves": [leaf(), leaf()], "colours": ["gren"]}).keys() == {
        "leaves",
        "colours.0",
    }
    assert problems({"leaves": [leaf(least=10, colour="gren")]}).keys() == {"leaves.0.least", "leaves.0.colour"}


def test_a_key_that_is_misspelt_is_not_told_as_missing_a_second_time():
    assert problems({"leaves": [leaf()], "sizes": {}}).keys() == {"sizes"}


def test_words_are_a_list_or_what_may_stand_for_it():
    assert accept(Tree, {"colours": "any"}, "tree.toml", ScenarioError).colours == "any"
    assert accept(Tree, {"colours": ["red", "blue"]}, "tree.toml", ScenarioError).colours == ("red", "blue")
    assert problems({"colours": "blue"})["colours"].hint == '["blue"]'
    assert problems({"colours": ["red", "red"]})["colours"].allowed == "each word once"


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("size", 5, {"size": {"value": 5, "source": "me"}}),
        ("size.value", 5, {"size": {"value": 5, "source": "me"}}),
        ("leaves.0.least", 3, {"leaves": [leaf(least=3, source="b; me"), leaf(name="c")]}),
        ("leaves.c.least", 3, {"leaves": [leaf(), leaf(name="c", least=3, source="b; me")]}),
        ("leaves.a|c.least", 3, {"leaves": [leaf(least=3, source="b; me"), leaf(name="c", least=3, source="b; me")]}),
        ("leaves.*.source", "d", {"leaves": [leaf(source="d"), leaf(name="c", source="d")]}),
        ("leaves", [{"name": "z"}], {"leaves": [{"name": "z", "source": "me"}]}),
        ("leaves.1", {"name": "z"}, {"leaves": [leaf(), {"name": "z", "source": "me"}]}),
        ("marks.F1", "a book", {"marks": {"F1": "a book"}}),
    ],
)
def test_an_edit_changes_one_place_and_signs_it(key, value, found):
    tables = {"leaves": [leaf(), leaf(name="c")]}
    assert set_key(tables, key, value, kind=Tree, source="me") == {**tables, **found}
    assert tables == {"leaves": [leaf(), leaf(name="c")]}


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("sizes", "size"),
        ("size.valeu", "size.value"),
        ("leaves.d.least", None),
        ("leaves.0.leest", "leaves.0.least"),
        ("colours.0", None),
        ("size.value.x", None),
    ],
)
def test_an_edit_of_what_is_not_there_is_refused(key, hint):
    with pytest.raises(Refused) as caught:
        set_key({"leaves": [leaf()]}, key, 1, kind=Tree)
    (problem,) = caught.value.problems
    assert (problem.key, problem.hint) == (key, hint)


def test_an_edit_without_a_kind_goes_where_it_is_told():
    assert set_key({"a": {"b": 1}}, "a.c.d", 2) == {"a": {"b": 1, "c": {"d": 2}}}
    assert set_key({"a": {"value": 1}}, "a", 2) == {"a": {"value": 2}}
    assert set_key({"a": [{"b": 1}, {"b": 1}]}, "a.1.b", 2) == {"a": [{"b": 1}, {"b": 2}]}
    with pytest.raises(Refused, match="row"):
        set_key({"a": [{"b": 1}]}, "a.1.b", 2)


def test_values_are_told_with_dotted_keys() -> None:
    sites = [{"name": "x", "note": "y"}, {"name": "z"}]
    table = {"title": "A", "sites": sites, "near": ["a", "b"], "none": [], "in": {"deep": {"er": 1}}}
    assert dict(flattened(table, {"note"})) == {
        "title": "A",
        "sites.0.name": "x",
        "sites.1.name": "z",
        "near": ["a", "b"],
        "none": [],
        "in.deep.er": 1,
    }
