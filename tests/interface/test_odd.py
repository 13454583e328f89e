"""The model description (docs/odd.md): current, complete, and enough to do it again; and the trace record's pointers."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import inspect
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.behaviour.plans import round_size
from sim.errors import ModelError
from sim.interface.odd import constants, parameters, texts
from sim.interface.odd.entities import ENTITIES
from sim.interface.odd.happenings import KINDS
from sim.interface.odd.markdown import plain, table
from sim.interface.odd.page import TABLES, current
from sim.interface.odd.schedule import AT_DESK
from sim.interface.odd.streams import DRAWS
from sim.interface.odd.variables import Entity, Variable
from sim.measurement import COLUMNS, INDICATORS
from sim.model import pending
from sim.model.model import DAY
from sim.population import build_town
from sim.record import happenings
from sim.scenario import load_scenario
from sim.scenario import parameters as parameters_of
from sim.streams import Streams, event_code

TOP = Path(__file__).parents[2]
SIM = Path(sim.__file__).parent
PAGE = (TOP / "docs" / "odd.md").read_text(encoding="utf-8")
TRACE = (TOP / "docs" / "trace.md").read_text(encoding="utf-8")
PROSE = re.sub(r"<!-- made: .*?<!-- end -->", "", PAGE, flags=re.DOTALL)
SUBMODELS = PROSE[PROSE.index("## 7. Submodels") :]
FENCED = re.compile(r"```\n.*?```", re.DOTALL)
FORMULAS = "\n".join([*FENCED.findall(SUBMODELS), *re.findall(r"`[^`]+`", FENCED.sub("", SUBMODELS))])
ENGINE = ("model", "institutions", "behaviour", "population")


def is_told(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w]){re.escape(name)}(?!\w)", text) is not None


# -- the tables are made ---------------------------------------------------------------------------------------------------


def test_the_page_is_current() -> None:
    assert current(PAGE) == PAGE, "python -m experiments.odd writes docs/odd.md anew"


def test_every_table_stands_in_the_page_once() -> None:
    assert sorted(re.findall(r"<!-- made: (.*?) -->", PAGE)) == sorted(TABLES)


def test_what_is_not_made_stays_as_it_stands() -> None:
    text = "before\n<!-- made: indicators -->\nworn out\n<!-- end -->\nbetween\n<!-- made: schedule -->\n<!-- end -->\nafter"
    new = current(text)
    assert [part in new for part in ("before\n", "\nbetween\n", "\nafter", "worn out")] == [True, True, True, False]
    assert new.count("<!-- made:") == new.count("<!-- end -->") == 2
    assert current(new) == new


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!-- made: indicatrs -->\n<!-- end -->", "no table is called 'indicatrs'; did you mean 'indicators'?"),
        ("<!-- made: schedule -->\n", "the end of the table 'schedule' is not marked; write <!-- end --> after it"),
        ("<!-- made: schedule -->\n<!-- made: streams -->\n<!-- end -->", "the end of the table 'schedule' is not marked"),
    ],
)
def test_a_wrong_mark_is_told(text: str, words: str) -> None:
    with pytest.raises(ModelError, match=re.escape(words)):
        current(text)


def test_a_variable_that_is_not_told_is_an_error_and_so_is_one_that_is_gone() -> None:
    one = Variable("", "days", "from 0", "how long")
    with pytest.raises(
        ModelError, match=r"state of a thing: in the code and not told: \['b'\]; told and not in the code: \['c'\]"
    ):
        Entity("a thing", {"a": "int", "b": "int"}, {"a": one, "c": one}).table()
    assert "`a` | int | days" in Entity("a thing", {"a": "int", "b": "int"}, {"a": one}, frozenset({"b"})).table()


def test_a_constant_that_is_gone_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "NAMED", (("words", "COLOURS", "-", "there are none"),))
    with pytest.raises(ModelError, match=r"sim\.words has no COLOURS any more"):
        constants.TABLES["constants"]()


def test_a_cell_stays_on_its_line_and_in_its_column() -> None:
    assert table(("a", "b"), [("int | None", "two\nlines")]).splitlines()[2] == "| int \\| None | two lines |"
    assert (
        plain("one of :data:`STRATEGIES`, see\n    :class:`~sim.law.Regime` and ``x``")
        == "one of `STRATEGIES`, see `law.Regime` and `x`"
    )


# -- and they are complete -------------------------------------------------------------------------------------------------


def test_every_parameter_is_in_a_table() -> None:
    for name in parameters.SCENARIOS:
        for one in parameters_of(load_scenario(name)):
            if not one.name.startswith(("districts.", "sites.")):
                assert f"| `{one.name}` |" in PAGE, one.name


def test_every_parameter_is_told_where_it_works() -> None:
    """In a formula of the submodels, or by its name: a parameter that works nowhere is one that cannot be programmed again."""
    silent = set()
    for one in parameters_of(load_scenario("seminar")):
        part, _, name = one.name.partition(".")
        if part in parameters.PARTS and not is_told(name.split(".")[0], FORMULAS):
            silent.add(one.name)
    assert silent == set()


def test_every_key_of_a_law_is_told_where_it_works() -> None:
    keys = re.findall(r"^\| `([^`]+)`", texts.TABLES["keys of a law"](), re.MULTILINE)
    assert len(keys) > 80
    names = {key.replace("[]", "").rpartition(".")[2] for key in keys if not key.startswith("regime")}
    assert {name for name in names if not is_told(name, SUBMODELS)} <= {"procedure", "since"}


def test_every_kind_of_happening_is_told_with_its_fields() -> None:
    written = re.findall(r'^    kind: ClassVar\[str\] = "(\w+)"$', inspect.getsource(happenings), re.MULTILINE)
    assert [kind.kind for kind in KINDS] == written[1:]  # the first is what all have in common
    for kind in KINDS:
        (row,) = re.findall(rf"^\| `{kind.kind}` \| (.*)$", TABLES["happenings"](), re.MULTILINE)
        for field in dataclasses.fields(kind)[1:]:
            assert f"`{field.name}` {str(field.type).replace('|', chr(92) + '|')}" in row, (kind, field.name)


def test_every_indicator_and_column_is_told() -> None:
    for name, one in INDICATORS.items():
        assert f"| `{name}` | {one.group} | {one.unit} |" in PAGE
    for name, columns in COLUMNS.items():
        for column in columns:
            assert f"| {name} | `{column.name}` | {column.type} |" in PAGE


def test_the_day_is_told_in_its_order() -> None:
    parts = re.findall(r"^\| (\w+) \|", TABLES["schedule"](), re.MULTILINE)[1:]
    assert parts == ["calendar"] * 3 + ["desk"] * len(AT_DESK) + [name for name, _ in DAY]
    acts = re.findall(r'^        "(\w+)":', inspect.getsource(pending._acts), re.MULTILINE)
    assert sorted(acts) == sorted(AT_DESK)


def test_all_that_a_model_keeps_is_state_that_is_told() -> None:
    assert len(ENTITIES) == 15
    for name, entity in ENTITIES.items():
        for variable in (name for name in entity.told):
            assert f"| `{variable.lstrip('_')}` |" in TABLES[f"state {name}"]()


def test_the_patterns_are_those_of_the_targets() -> None:
    rows = re.findall(r"^\| (P\d[^|]*) \| (.*) \|$", PROSE, re.MULTILINE)
    told = {number: text for ids, text in rows for number in re.findall(r"P\d+", ids)}
    targets = json.loads((TOP / "scenarios" / "patterns" / "targets.json").read_text(encoding="utf-8"))["patterns"]
    for target in (one for one in targets if one["centre"] is not None):
        assert f"{target['centre']:g}" in told[re.sub(r"[a-z]$", "", target["id"])], target["id"]


# -- streams: what the sources draw is what is told ------------------------------------------------------------------------


def first_words(call: ast.Call) -> list[str]:
    """The texts among the arguments of a call; of a text with gaps what stands around them."""
    found = []
    for argument in call.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            found.append(argument.value)
        elif isinstance(argument, ast.JoinedStr):
            found.append("".join(part.value if isinstance(part, ast.Constant) else "{}" for part in argument.values))  # type: ignore[misc]
    return found


def drawn(path: Path) -> set[str]:
    """The names of the streams that a file draws from.

    Named at the draw; or, where the draw is in a helper that completes the name, by those who call the helper; or laid out in a
    table or loop beside it.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]

    def called(call: ast.Call) -> str:
        return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")

    names: set[str] = set()
    for call in calls:
        if called(call) not in {"uniform", "uniforms", "normal", "key", "draw"}:
            continue
        for word in first_words(call)[:1]:
            if "{}" not in word:
                names.add(word)
                continue
            said = {one for other in calls if called(other) == "_coin" for one in first_words(other)[:1]}
            listed = {
                item.value
                for loop in ast.walk(tree)
                if isinstance(loop, ast.GeneratorExp) and call in ast.walk(loop)
                for item in getattr(loop.generators[0].iter, "elts", ())
            }
            of = {one for other in calls if called(other) == "_coins" for one in [*first_words(other), ""]} or {""}
            names |= {word.replace("{}", one.replace("{}", before)) for one in said or listed for before in of}
    return names


def test_every_stream_is_told_and_no_other() -> None:
    found = set[str]()
    for folder in ENGINE:
        for path in sorted((SIM / folder).glob("*.py")):
            found |= drawn(path)
    of_people = {"income", "reluctance", "risk aversion", "deference", "media"}  # told in two tables of population/people.py
    source = (SIM / "population" / "people.py").read_text(encoding="utf-8")
    assert all(f'("{name}", ' in source for name in of_people)
    assert found | of_people == set(DRAWS)


def test_a_normal_draw_is_told_as_one() -> None:
    for name, draw in DRAWS.items():
        normal = any(
            f'normal("{name}"' in path.read_text(encoding="utf-8") for folder in ENGINE for path in (SIM / folder).glob("*.py")
        )
        of_people = name in {"income", "reluctance", "risk aversion", "activity"}
        assert (draw.kind == "normal") == (normal or of_people), name


# -- done again from the page alone ----------------------------------------------------------------------------------------


def words(seed: int, name: str, who: int, what: int = 0, slot: int = 0) -> list[int]:
    """Four words, as 7.1 says."""
    key = int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:8], "little")
    k0, k1 = key % 2**32, key >> 32
    x0, x1, x2, x3 = who, what % 2**32, what >> 32, slot
    for _ in range(10):
        one, other = 0xCD9E8D57 * x2, 0xD2511F53 * x0
        x0, x1, x2, x3 = (one >> 32) ^ x1 ^ k0, one % 2**32, (other >> 32) ^ x3 ^ k1, other % 2**32
        k0, k1 = (k0 + 0x9E3779B9) % 2**32, (k1 + 0xBB67AE85) % 2**32
    return [x0, x1, x2, x3]


def even(a: int, b: int) -> float:
    return (((a << 32 | b) >> 11) + 0.5) / 2**53


def bell(*of: int | str) -> float:
    a, b, c, d = words(*of)  # type: ignore[arg-type]
    return math.sqrt(-2 * math.log(even(a, b))) * math.cos(2 * math.pi * even(c, d))


@pytest.mark.parametrize("seed", [0, 7, 2**53 - 1])
def test_chance_is_done_again_from_the_page(seed: int) -> None:
    streams = Streams(seed)
    for name, who, what, slot in (
        ("occasion/luck", 3, 41, 0),
        ("authority/cut", 1, event_code(5, 200, 2), 1),
        ("turnout/told", 9, 2**40, 77),
    ):
        assert streams.uniform(name, who, what, slot) == even(*words(seed, name, who, what, slot)[:2])
        assert streams.normal(name, who, what, slot) == pytest.approx(bell(seed, name, who, what, slot), rel=1e-14)
    assert event_code(5, 200, 2) == 5 * 2**40 + 200 * 2**8 + 2


def test_people_are_done_again_from_the_page() -> None:
    scenario = load_scenario("seminar", {"town.people.adults": 300})
    seed, traits, spec = 11, scenario.traits, scenario.town
    people = build_town(spec, traits, 2, seed).people
    torn = 1 - traits.deference_full - traits.deference_none

    def clip(x: float) -> float:
        return min(max(x, 0.0), 1.0)

    def coin(name: str, i: int, what: int = 0) -> float:
        return even(*words(seed, name, i, what)[:2])

    for i in range(300):
        again = {
            "income": math.exp(math.log(spec.income.median_wage) + spec.income.log_sd * bell(seed, "income", i)),
            "theta": traits.reluctance_mean + traits.reluctance_sd * bell(seed, "reluctance", i),
            "risk_aversion": math.exp(-(traits.risk_log_sd**2) / 2 + traits.risk_log_sd * bell(seed, "risk aversion", i)),
            "deference": clip(
                (-traits.deference_none + (torn + traits.deference_full + traits.deference_none) * coin("deference", i)) / torn
            ),
            "media": clip(1 - 1 / traits.online + coin("media", i) / traits.online),
        }
        for name, value in again.items():
            assert getattr(people, name)[i] == pytest.approx(value, rel=1e-5, abs=1e-6), (i, name)
        assert people.foreigner[i] == (np.float32(coin("foreigner", i)) < np.float32(spec.people.foreigners))
        assert [people.concern[k, i] for k in (0, 1)] == pytest.approx(
            [traits.concern_max * coin("concern", i, k) for k in (0, 1)], rel=1e-6
        )


def test_sizes_are_rounded_as_the_page_says() -> None:
    steps = ((10, 1), (50, 5), (200, 10), (1000, 50), (math.inf, 100))
    for size in (0.2, 1.5, 9.4, 9.99, 10, 12.5, 47.5, 49.9, 50, 55, 199, 200, 225, 999, 1000, 1049, 12_345.6):
        step = next(step for below, step in steps if max(1.0, size) < below)
        assert round_size(float(size)) == max(1, round(max(1.0, size) / step) * step), size


# -- and its pointers lead somewhere ---------------------------------------------------------------------------------------


def test_the_elements_and_the_design_concepts_are_all_there() -> None:
    assert re.findall(r"^## (\d)\. ", PAGE, re.MULTILINE) == [str(n) for n in range(1, 8)]
    concepts = PAGE[PAGE.index("## 4. ") : PAGE.index("## 5. ")]
    assert re.findall(r"^\*\*(.*?)\.\*\*", concepts, re.MULTILINE) == [
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ]


def test_every_submodel_has_a_file_a_rationale_and_evidence_and_every_file_is_there() -> None:
    sections = re.split(r"^### (7\.\d+) .*$", SUBMODELS, flags=re.MULTILINE)[1:]
    found = dict(zip(sections[::2], sections[1::2], strict=True))
    assert list(found) == [f"7.{n}" for n in range(1, 17)]
    for number, text in found.items():
        named = re.findall(r"`([\w/]+(?:\.py|/))`", text)
        assert named, number
        assert [name for name in named if not (SIM / name).exists()] == []
        if number not in {"7.13", "7.16"}:
            assert "*Rationale*" in text, number
        assert number == "7.16" or "*Evidence*" in text, number


def test_references_to_sections_lead_somewhere() -> None:
    there = set(re.findall(r"^### (7\.\d+) ", PAGE, re.MULTILINE))
    assert set(re.findall(r"\b7\.\d+\b", PROSE)) <= there
    for name in ("schedule", "constants", "streams"):
        assert set(re.findall(r"\((7\.\d+)\)", TABLES[name]())) <= there


@pytest.mark.parametrize("text", [PAGE, TRACE], ids=["odd", "trace"])
def test_every_link_leads_somewhere(text: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (TOP / "docs" / link).exists()] == []


def test_every_test_that_the_trace_record_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TRACE)
    assert len(named) > 40
    for path, name in named:
        text = (TOP / path).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, f"{path}::{name}"
