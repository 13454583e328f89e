"""The command ``protestlaw``.

Heavy packages are imported by the commands that need them, when they need them, so that help and errors come at once.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from sim.errors import ModelError, ProtestlawError
from sim.interface.commands import app as served
from sim.interface.commands import (
    attribute,
    calibrate,
    classics,
    experiments,
    explorer,
    export,
    figures,
    laws,
    library,
    patterns,
    reasons,
    report,
    rests,
    sweeps,
)
from sim.interface.endings import INTERRUPTED, WRONG

__all__ = ["app", "main"]


class _Commands(TyperGroup):
    """The commands, with our own errors told in plain words."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ProtestlawError as error:
            if isinstance(error, ModelError) and not isinstance(error.__cause__, ProtestlawError | None):
                raise  # a fault of ours within a run: its traceback is what we need to be sent
            typer.echo(f"Error: {error}", err=True)
            raise typer.Exit(WRONG) from None
        except KeyboardInterrupt:
            typer.echo("Interrupted; nothing was written.", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Commands,
    name="protestlaw",
    help="A laboratory for the law of protest: change one number in an assembly law and see who still comes.",
    epilog="The main job: protestlaw compare almaty-1995-law almaty-2020-bill",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_EXPERIMENTS, _LAWS, _CLASSICS, _TEXTS = "Experiments", "Laws", "Classics", "Texts and the program"


def _add(name: str, command: Any, panel: str, *examples: str) -> None:
    shown = "\n\n".join([f"Example{'s' if len(examples) > 1 else ''}:", *examples])
    app.command(name, epilog=shown, rich_help_panel=panel)(command)


_add("run", experiments.run, _EXPERIMENTS, "protestlaw run almaty-1995-law --reps 5 --out results/almaty-1995")
_add(
    "compare",
    experiments.compare,
    _EXPERIMENTS,
    "protestlaw compare almaty-1995-law almaty-2020-bill",
    "protestlaw compare seminar seminar --set-b law.threshold=50 --reps 20 --out results/threshold-50",
)
_add(
    "sweep",
    sweeps.sweep,
    _EXPERIMENTS,
    "protestlaw sweep seminar-threshold --dry-run",
    "protestlaw sweep experiments/threshold-by-fine.toml --jobs 2 --out results/threshold-by-fine",
)
_add(
    "patterns",
    patterns.patterns,
    _EXPERIMENTS,
    "protestlaw patterns almaty-1995-law",
    "protestlaw patterns berlin --events city.csv --columns city.toml --out results/patterns",
)
_add("plan", sweeps.plan, _EXPERIMENTS, "protestlaw plan seminar-threshold --precision attendance=300")
_add("calibrate", calibrate.calibrate, _EXPERIMENTS, "protestlaw calibrate calibration --out results/calibration")
_add(
    "attribute",
    attribute.attribute,
    _EXPERIMENTS,
    "protestlaw attribute almaty-1995-law kazakhstan/1995 kazakhstan/2020-bill --out results/bill",
    "protestlaw attribute seminar kazakhstan/2020-bill kazakhstan/2020-act --outcome attendance --reps 5",
)
_add(
    "rests",
    rests.rests,
    _EXPERIMENTS,
    "protestlaw rests almaty-1995-law almaty-2020-bill --outcome attendance --out results/rests",
    "protestlaw rests seminar seminar --set-b law.threshold=50 --points 100",
)
_add(
    "explorer",
    explorer.explorer,
    _EXPERIMENTS,
    "protestlaw explorer seminar --dry-run",
    "protestlaw explorer seminar -o seminar.html",
)
_add(
    "app",
    served.app,
    _EXPERIMENTS,
    "protestlaw app",
    "protestlaw app --watch seminar --set law.threshold=50",
)
_add(
    "export",
    export.export,
    _EXPERIMENTS,
    "protestlaw export results/berlin --to dta",
    "protestlaw export results/berlin --to parquet --out results/berlin-for-r",
)
_add(
    "figures",
    figures.figures,
    _EXPERIMENTS,
    "protestlaw figures results/almaty-1995-law-to-2020-bill --style slides",
    "protestlaw figures results/berlin --only timeline --only filing --format pdf",
)
_add(
    "report",
    report.report,
    _EXPERIMENTS,
    "protestlaw report results/almaty-1995-law-to-2020-bill",
    "protestlaw report results/berlin --patterns results/patterns-berlin -o berlin.html",
)
_add(
    "diverge",
    reasons.diverge,
    _EXPERIMENTS,
    "protestlaw diverge almaty-1995-law almaty-2020-bill",
    "protestlaw diverge seminar seminar --set-b law.threshold=50 --seed 3",
    "protestlaw diverge seminar --reference --set town.people.adults=2000",
)
_add(
    "story",
    reasons.story,
    _EXPERIMENTS,
    "protestlaw story seminar seminar --set-b law.threshold=50 --organiser 4",
    "protestlaw story seminar --busiest citizen",
)
_add(
    "explain",
    laws.explain,
    _LAWS,
    "protestlaw explain kazakhstan/2020-bill --town almaty",
    "protestlaw explain 'kazakhstan/2020-bill + threshold-50' --sizes 40,60",
)
_add("diff", laws.diff, _LAWS, "protestlaw diff kazakhstan/1995 kazakhstan/2020-bill")
_add(
    "classics",
    classics.classics,
    _CLASSICS,
    "protestlaw classics",
    "protestlaw classics granovetter --set mean=30 --out results/granovetter",
)
_add("list", library.list_, _TEXTS, "protestlaw list laws")
_add("validate", library.validate, _TEXTS, "protestlaw validate my-law.toml my-scenario.toml")
_add("schema", library.schema, _TEXTS, "protestlaw schema --out docs/schema")
_add(
    "parameters",
    library.parameters,
    _TEXTS,
    "protestlaw parameters almaty-1995-law",
    "protestlaw parameters almaty-1995-law berlin seminar --out docs/parameters.md",
)
_add("cache", library.cache, _TEXTS, "protestlaw cache", "protestlaw cache --clear")
_add("version", library.version, _TEXTS, "protestlaw version")


def main() -> None:
    """Run the command."""
    app()
