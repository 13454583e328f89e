"""The documentation: nothing a user can type, write, read or import is left untold, and every link in it leads somewhere."""

from __future__ import annotations

import csv
import importlib
import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

import sim
from sim.interface.cli import app
from sim.measurement import COLUMNS, INDICATORS

TOP = Path(__file__).parent.parent
DOCS = TOP / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
OUTSIDE = [TOP / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "results/README.md")]
SCHEMAS = sorted((DOCS / "schema").glob("*.json"))

sys.path.append(str(DOCS))  # as docs/conf.py does
made = importlib.import_module("extensions.made")


def text_of(page: Path) -> str:
    """A page as the site shows it: with what is made of the code."""
    return str(made.filled(page.read_text(encoding="utf-8"), page))


def names(group: typer.Typer, before: str = "") -> Iterator[str]:
    """Every command, by all its words."""
    yield from (f"{before}{one.name}" for one in group.registered_commands)
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from names(inner.typer_instance, f"{before}{inner.name} ")


COMMANDS = sorted(names(app))


# -- commands --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def commands() -> dict[str, str]:
    """What the reference says of each command."""
    parts = re.split(r"^### (.+)$", text_of(DOCS / "reference" / "commands.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_is_in_the_reference_and_no_other(commands: dict[str, str]) -> None:
    assert len(COMMANDS) > 20
    assert sorted(commands) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_told_with_every_argument_option_and_default(name: str, commands: dict[str, str]) -> None:
    command: Any = get_command(app)
    for word in name.split():
        command = command.commands[word]
    told = commands[name]
    assert command.help.split(".")[0].replace("`", "").split(" ")[0] in told
    for one in command.params:
        spelt = [opt for opt in one.opts if opt.startswith("-")]
        rows = [row for row in told.splitlines() if row.startswith("|") and all(f"`{opt}`" in row for opt in spelt)]
        assert rows, (name, one.name)
        if spelt and not isinstance(one.default, bool) and one.default is not None and one.show_default:
            assert f"`{getattr(one.default, 'value', one.default)}`" in rows[0]
    for example in re.findall(r"^protestlaw .*$", command.epilog or "", re.MULTILINE):
        assert example in told
    assert "protestlaw" in (command.epilog or ""), "an example"


def test_every_command_is_told_by_hand_as_well() -> None:
    by_hand = "\n".join(page.read_text(encoding="utf-8") for page in [TOP / "README.md", *PAGES])
    assert [name for name in COMMANDS if not re.search(rf"protestlaw {name}\b", by_hand)] == []


def test_the_exit_codes_are_those_of_the_program() -> None:
    from sim.interface.endings import FAILED, INTERRUPTED, WRONG

    text = text_of(DOCS / "reference" / "commands.md")
    assert re.findall(r"^\| `(\d+)` \|", text, re.MULTILINE) == ["0", *map(str, (FAILED, WRONG, INTERRUPTED))]


# -- names -----------------------------------------------------------------------------------------------------------------


def test_every_public_name_is_on_the_page_of_names() -> None:
    told = re.findall(r"^\.\. auto\w+:: sim\.(\w+)$", text_of(DOCS / "reference" / "api.md"), re.MULTILINE)
    assert sorted(told) == sorted(sim.__all__)


@pytest.mark.parametrize("name", [name for name in sim.__all__ if name != "__version__"])
def test_a_public_name_and_its_public_methods_have_docstrings(name: str) -> None:
    thing = getattr(sim, name)
    assert thing.__doc__
    if inspect.isclass(thing):
        members = {key: one for key, one in vars(thing).items() if not key.startswith("_")}
        public = {key: getattr(one, "__func__", one) for key, one in members.items()}
        silent = [key for key, one in public.items() if (inspect.isroutine(one) or isinstance(one, property)) and not one.__doc__]
        assert silent == []


# -- tables and indicators -------------------------------------------------------------------------------------------------


def test_every_column_is_told_in_its_table() -> None:
    parts = re.split(r"^### (.+)$", text_of(DOCS / "reference" / "tables.md"), flags=re.MULTILINE)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    for name, columns in COLUMNS.items():
        assert re.findall(r"^\| `(\w+)` \|", told[name], re.MULTILINE) == [column.name for column in columns]


def test_the_tables_of_every_codebook_are_told() -> None:
    text = text_of(DOCS / "reference" / "tables.md")
    assert len(list((TOP / "sim" / "interface").glob("*/codebook.py"))) > 4
    for title in ("run and compare: effects", "sweep: sobol", "attribute: provisions", "rests: signs", "patterns: patterns"):
        assert f"### {title}\n" in text
    analysed = TOP / "results" / "known-truth-analysis"  # of a script, and told in docs/findings/known-truth.md
    for file in sorted({*(TOP / "results").glob("*/codebook.csv")} - {analysed / "codebook.csv"}):
        with file.open(encoding="utf-8", newline="") as lines:
            tables = {row["table"] for row in csv.DictReader(lines)}
        assert [name for name in tables - {"indicators"} if name.replace("_", " ") not in text] == [], file


def test_every_indicator_is_told_with_its_label_and_unit() -> None:
    parts = re.split(r"^### (.+)$", text_of(DOCS / "reference" / "indicators.md"), flags=re.MULTILINE)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert sorted(told) == sorted(INDICATORS)
    for name, one in INDICATORS.items():
        assert f"**{one.label}**" in told[name]
        assert len(told[name].split(". ", 1)[1]) > 20, "what it measures"


# -- formats ---------------------------------------------------------------------------------------------------------------


def keys_of(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each key with what is said of it, and the description of its table."""
    for about in [schema, *schema.get("$defs", {}).values()]:
        for key, said in about.get("properties", {}).items():
            yield key, said, about.get("description", "")


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_key_of_a_text_has_a_meaning_and_is_told(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    page = DOCS / "reference" / "formats" / f"{path.name.partition('.')[0]}.md"
    text = text_of(page)
    for key, said, about in keys_of(schema):
        inner = schema.get("$defs", {}).get(str(said.get("$ref", said.get("items", {}).get("$ref"))).rpartition("/")[2], {})
        assert said.get("description") or inner.get("description") or about, key
        reform = path.name.startswith("reform") and (key not in schema["$defs"]["ReformHead"]["properties"])
        assert reform or re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text), key
    assert "literalinclude" in text, "a complete example"


def test_a_key_is_told_with_type_bounds_default_unit_and_meaning() -> None:
    law, scenario = (text_of(DOCS / "reference" / "formats" / f"{name}.md") for name in ("law", "scenario"))
    assert "| `value` | whole number from 0; or `none` (persons) | must be given | Persons; none if the procedure does not" in law
    assert (
        "| `notice` | time, as `5 working days`, `48 hours`, `10 days` |  | How long before the assembly it must be filed. |"
        in law
    )
    assert (
        "| `reluctance_sd` | number from 0 (utility) | `0.25` | Standard deviation of theta (normal). To be varied from 0.1"
        in scenario
    )
    assert "| `stance` | table: number from 0 to 1 for each of `loyal`, `social`, `opposition` (share) |" in scenario


# -- pages and links -------------------------------------------------------------------------------------------------------


def without_code(text: str) -> str:
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", re.sub(r"^(```+|~~~+).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL))


def anchors(page: Path) -> set[str]:
    """Where a link into a page may lead: its headings, as code hosts and the site number them."""
    text = re.sub(
        r"^(```+).*?^\1",
        "",
        text_of(page) if page.is_relative_to(DOCS) else page.read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    found = set[str]()
    for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title).lower()).replace(" ", "-")
        found.add(slug if slug not in found else f"{slug}-1")
    return found


@pytest.mark.parametrize("page", [*PAGES, *OUTSIDE], ids=lambda page: page.relative_to(TOP).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
        if re.match(r"https?:|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.is_file() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


def test_every_page_is_in_a_table_of_contents() -> None:
    listed = {DOCS / "index.md"}
    for page in PAGES:
        for block in re.findall(r"^```\{toctree\}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            for entry in (line for line in block.splitlines() if line and not line.startswith(":")):
                base = DOCS if entry.startswith("/") else page.parent
                listed.update((base).glob(f"{entry.strip('/')}.md"))
    assert [page.relative_to(DOCS).as_posix() for page in PAGES if page not in listed] == []
