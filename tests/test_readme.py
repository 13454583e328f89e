"""What the README shows works."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.interface.cli import app
from sim.law import load_law
from sim.scenario import load_scenario

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
(SHOWN,) = re.findall(r"^```bash\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [shlex.split(line, comments=True)[1:] for line in SHOWN.splitlines()]


def test_the_python_example_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=TOP, capture_output=True, text=True, check=False, env=None)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [c for c in COMMANDS if c[0] in {"list", "explain", "diff", "parameters"}], ids=" ".join)
def test_the_quick_commands_run(command: list[str]) -> None:
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert done.output.strip()


def test_the_longer_commands_name_what_there_is() -> None:
    for command, *words in COMMANDS:
        assert command in {one.name for one in app.registered_commands}
        if command in {"run", "compare"}:
            for name in words[: 2 if command == "compare" else 1]:
                load_scenario(name)
        for word in words:
            if word.startswith("law="):
                load_law(word.removeprefix("law="))
            elif word.startswith("law."):
                key, value = word.removeprefix("law.").split("=")
                load_law("kazakhstan/2020-bill", {key: int(value)})


def test_every_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (TOP / link).exists()] == []
