"""How results were made: command, version, seeds, fingerprints, checksums, and every scenario as it was read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, Problem
from sim.experiment.manifest import THIS_TIME
from sim.interface.reporting.grids import of_rows
from sim.interface.reporting.parts import Cell, Origin

if TYPE_CHECKING:
    from sim.interface.figuring.opening import Results

__all__ = ["check_tables", "made_by", "origin", "seeds_in_words"]


def check_tables(results: Results) -> None:
    """See that the tables that are here are those that were written.

    Raises:
        InputError: if one has another checksum than the manifest tells.
    """
    wrong = []
    for name, told in results.manifest["files"].items():
        path = results.path / name
        if name.endswith(".csv") and path.is_file() and _digest(path.read_bytes()) != told.get("sha256"):
            again = f"; {results.command} makes it again" if results.command else ""
            wrong.append(
                Problem(name, "another content than manifest.json tells (SHA-256)", f"the table as it was written{again}")
            )
    if wrong:
        raise InputError(str(results.path), wrong)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def made_by(results: Results) -> str:
    """Which version made the results, and when."""
    code, time = results.manifest.get("protestlaw", {}), results.manifest.get(THIS_TIME, {})
    written = str(time.get("written", ""))[:10]
    return f"protestlaw {code.get('version', 'of an unknown version')}" + (f", {written}" if written else "")


def origin(results: Results) -> Origin:
    """Everything that is needed to make the results again."""
    scenarios: Mapping[str, Any] = results.manifest.get("scenarios", {})
    prints = [
        (
            name,
            str(told["resolved"]["scenario"]["title"]),
            Cell("", key=told["fingerprint"]),
            Cell("", key=told["law"]["fingerprint"]),
        )
        for name, told in scenarios.items()
    ]
    files = [
        (
            name,
            f"{told['bytes']:,}",
            Cell("", key=told["sha256"]),
            "" if (results.path / name).is_file() else "not in the folder now",
        )
        for name, told in results.manifest["files"].items()
    ]
    return Origin(
        results.command,
        tuple(_facts(results)),
        of_rows(
            "Fingerprints (SHA-256 of all that can move a result)", ("scenario", "title", "fingerprint", "of its law"), prints
        ),
        of_rows("Files", ("file", "bytes", "SHA-256", ""), files),
        tuple((name, json.dumps(told["resolved"], indent=1, ensure_ascii=False)) for name, told in scenarios.items()),
    )


def _facts(results: Results) -> list[tuple[str, str]]:
    code, time = results.manifest.get("protestlaw", {}), results.manifest.get(THIS_TIME, {})
    seeds = results.seeds
    facts = [("Version", f"protestlaw {code.get('version', 'unknown')}"), ("Commit", _commit(code))]
    facts.append(("Seeds", f"{seeds_in_words(seeds)} ({len(seeds)})"))
    if (said := results.manifest.get("uncertainty")) is not None:
        posterior = said["posterior"]
        facts.append(("Posterior", f"{said['draws']} draws of {posterior['rows']:,} rows, SHA-256 {posterior['sha256']}"))
    fingerprint = results.manifest.get("experiment", {}).get("fingerprint")
    if fingerprint:
        facts.append(("Experiment", f"fingerprint {fingerprint}"))
    packages = ", ".join(f"{name} {version}" for name, version in time.get("packages", {}).items())
    seconds = time.get("seconds")
    facts += [
        ("Written", str(time.get("written", "unknown")) + (f", after {seconds:,} s" if seconds is not None else "")),
        ("Python", f"{time.get('python', 'unknown')} on {time.get('platform', 'an unknown platform')}"),
        ("Packages", packages or "unknown"),
    ]
    return facts


def _commit(code: Mapping[str, Any]) -> str:
    if not code.get("commit"):
        return "none told: an installed version"
    return f"{code['commit']}{', with files that differ from it' if code.get('changed') else ''}"


def seeds_in_words(seeds: Sequence[int]) -> str:
    """Seeds, those in a row told by their ends: ``1 to 20, 31``."""
    told: list[list[int]] = [[seeds[0], seeds[0]]] if seeds else []
    for before, seed in pairwise(seeds):
        if seed == before + 1:
            told[-1][1] = seed
        else:
            told.append([seed, seed])
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in told) or "none"
