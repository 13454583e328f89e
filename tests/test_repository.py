"""The checkout: nothing in it belongs to one machine, and what is said twice is said alike."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import sim

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HOMES = re.compile(r"(?<![\w.:~*-])(?:/(?:home|root|work|Users)/|[A-Z]:\\Users\\)[\w.]")


def tracked() -> list[Path]:
    """The files git knows or would take in; everything that is not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def first(pattern: str, text: str) -> str:
    """What the first group of ``pattern`` finds in ``text``."""
    found = re.search(pattern, text, re.MULTILINE)
    assert found, f"nothing like {pattern}"
    return found[1]


def pins() -> dict[str, str]:
    """The constraints: a version for each name."""
    return dict(line.split("==") for line in text_of("constraints.txt").splitlines())


@pytest.mark.parametrize(
    ("text", "is_of_a_machine"),
    [
        ("see /" + "home/ada/notes", True),
        ("/" + "work/main", True),
        ("'/" + "root/.cache'", True),
        ("https://example.org/home/law", False),
        ("docs/home/index.md", False),
    ],
)
def test_what_counts_as_a_path_of_one_machine(text: str, is_of_a_machine: bool) -> None:
    assert bool(HOMES.search(text)) is is_of_a_machine


def test_no_file_names_a_path_of_one_machine() -> None:
    here = [re.escape(f"{place}/") for place in (ROOT, Path.home()) if len(place.parts) > 1]
    own = re.compile("|".join([HOMES.pattern, *(rf"(?<![\w.:-]){place}" for place in here)]))
    guilty = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        name = path.relative_to(ROOT).as_posix()
        guilty += [f"{name}:{number}: {line.strip()[:100]}" for number, line in enumerate(lines, 1) if own.search(line)]
    assert guilty == []


def test_the_papers_are_there() -> None:
    for name in ("CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "README.md", "constraints.txt"):
        assert text_of(name).strip(), f"{name} is empty"
    assert "MIT License" in text_of("LICENSE")


def test_the_version_is_the_same_everywhere() -> None:
    assert "version" in PROJECT["project"]["dynamic"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "sim/version.py"
    assert first(r'^version: "(.+)"$', text_of("CITATION.cff")) == sim.__version__
    headings = re.findall(r"^## (.+)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1].split()[0] == sim.__version__


def test_constraints_are_plain_pins() -> None:
    lines = text_of("constraints.txt").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []
    assert lines == sorted(lines, key=str.lower)


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    pinned = {canonicalize_name(name): version for name, version in pins().items()}
    project = PROJECT["project"]
    for line in [*project["dependencies"], *project["optional-dependencies"]["test"], *PROJECT["build-system"]["requires"]]:
        requirement = Requirement(line)
        version = pinned.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in constraints.txt"
        assert requirement.specifier.contains(version), f"{line} does not allow {version}"


def test_the_readme_starts_with_two_commands() -> None:
    start = first(r"(?s)^## Start\b(.*?)(?=^## |\Z)", text_of("README.md"))
    main_job, tests = re.findall(r"^```sh\n(.*?)^```", start, re.MULTILINE | re.DOTALL)
    assert "protestlaw compare" in main_job
    assert "python -m pytest" in tests


def test_the_build_server_has_its_command() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
