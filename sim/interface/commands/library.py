"""``list``, ``validate``, ``schema``, ``parameters``, ``cache``, ``version``: the library of texts, and the program itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.errors import InputError, ProtestlawError
from sim.version import __version__

__all__ = ["Kind", "cache", "list_", "parameters", "schema", "validate", "version"]


class Kind(StrEnum):
    """Kinds of texts."""

    experiments = "experiments"
    explorers = "explorers"
    laws = "laws"
    practices = "practices"
    reforms = "reforms"
    scenarios = "scenarios"
    towns = "towns"


_HEADS = {
    Kind.experiments: "experiment",
    Kind.explorers: "explorer",
    Kind.laws: "regime",
    Kind.practices: "practice",
    Kind.reforms: "reform",
    Kind.scenarios: "scenario",
    Kind.towns: "town",
}
"""The table in which a text says what it is."""


def list_(
    kind: Annotated[Kind | None, typer.Argument(help="Which kind of texts; all if none is given.", show_default=False)] = None,
) -> None:
    """Say which texts there are by name: those of the library, and what is in the folders experiments and explorers."""
    from rich.table import Table

    from sim.interface.screen import screen

    out = screen()
    for one in [kind] if kind else list(Kind):
        table = Table(title=one.value.capitalize(), title_justify="left", box=None, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True, style="bold")
        table.add_column()
        for name in _names(one):
            table.add_row(name, _title(one, name))
        out.print(table)
        out.print()


def _names(kind: Kind) -> list[str]:
    """The names of all texts of a kind."""
    match kind:
        case Kind.experiments:
            from sim.experiment.design import experiments

            return experiments()
        case Kind.explorers:
            from sim.experiment.exploring import explorers

            return explorers()
        case _:
            from sim.texts import names

            return names(kind.value[:-1])


def _title(kind: Kind, name: str) -> str:
    """What a text calls itself; of a law also what kind of text it is."""
    from sim.texts import read_toml

    head = read_toml(_file(kind, name), InputError).get(_HEADS[kind], {})
    status = {"bill": " (a bill, never in force)", "benchmark": " (a benchmark, not a law)"}.get(head.get("status"), "")
    title = head.get("title", "")
    title = str(title.get("en", "") if isinstance(title, dict) else title)
    return title if "never in force" in title else title + status


def _file(kind: Kind, name: str) -> Path:
    """The file of a text."""
    match kind:
        case Kind.experiments:
            from sim.experiment.design import find_experiment

            return find_experiment(name)
        case Kind.explorers:
            from sim.experiment.exploring import find_explorer

            return find_explorer(name)
        case _:
            from sim.texts import find

            return find(kind.value[:-1], name)


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files of any kind of text, or folders of them.", show_default=False),
    ],
) -> None:
    """Check texts, and tell everything that is wrong with them at once. Exit code 1 if anything is."""
    from sim.interface.checking import check, texts_in

    wrong = 0
    for path in texts_in(files):
        try:
            typer.echo(f"{path}: a valid {check(path)}")
        except ProtestlawError as error:
            wrong += 1
            typer.echo(str(error), err=True)
    if wrong:
        raise typer.Exit(1)


def schema(
    out: Annotated[Path, typer.Option(help="The folder to write to.", show_default=True)] = Path("docs/schema"),
) -> None:
    """Write the JSON Schemas of all kinds of texts, from which editors complete keys."""
    from sim.interface.schemas import write_schemas

    for path in write_schemas(out):
        typer.echo(path)


def parameters(
    names: Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="Scenarios, side by side.", show_default=False)],
    out: Annotated[Path | None, typer.Option(help="Write it as Markdown to this file instead.", show_default=False)] = None,
) -> None:
    """Tell every number a scenario rests on, the law's aside: meaning, unit, value, source and range to sweep."""
    from sim.interface.parameter_table import document, on_screen
    from sim.scenario import load_scenario

    scenarios = [load_scenario(name) for name in names]
    if out is None:
        on_screen(scenarios)
    else:
        out.write_text(document(scenarios), encoding="utf-8")
        typer.echo(out)


def version() -> None:
    """Say which version this is."""
    typer.echo(f"protestlaw {__version__}")


def cache(
    clear: Annotated[bool, typer.Option("--clear", help="Drop all towns; they are built again when they are needed.")] = False,
) -> None:
    """Say which towns are kept on disk, so that they need not be built again, and how much room they take."""
    from sim.population import clear_towns, kept_towns
    from sim.population.cache import town_bound, town_folder

    if clear:
        typer.echo(f"{clear_towns() / 1e6:,.0f} MB are free again in {town_folder()}.")
        return
    towns, bound = kept_towns(), town_bound()
    taken = sum(town.size for town in towns)
    kept = "1 town" if len(towns) == 1 else f"{len(towns)} towns"
    typer.echo(f"{kept}, {taken / 1e6:,.0f} MB, in {town_folder()}.")
    if bound:
        typer.echo(f"They may take {bound / 1e9:g} GB; the one not used for longest goes first.")
    else:
        typer.echo("None is added: PROTESTLAW_TOWN_CACHE is 0.")
    typer.echo("PROTESTLAW_TOWN_CACHE sets the gigabytes they may take (0: keep none); --clear drops them all.")
