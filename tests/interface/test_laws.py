"""``list``, ``explain``, ``diff``, ``validate``, ``schema``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.texts import library, names

Command = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]


def test_list_names_the_experiments_of_this_folder(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "The threshold in the seminar town" in command("list", "experiments").stdout
    assert command("list", "explorers").stdout.split()[:3] == ["Explorers", "seminar", "Change"]
    monkeypatch.chdir(tmp_path)
    assert command("list", "experiments").stdout.split() == ["Experiments"]
    assert command("list", "explorers").stdout.split()[:2] == ["Explorers", "seminar"]  # it comes with the program


@pytest.mark.parametrize("kind", ["law", "practice", "reform", "scenario", "town"])
def test_list_names_every_text(command: Command, kind: str) -> None:
    done = command("list", f"{kind}s")
    assert done.exit_code == 0
    assert all(name in done.stdout for name in names(kind))


def test_list_tells_a_bill_from_an_act(command: Command) -> None:
    said = " ".join(command("list").stdout.split())
    assert said.count("never in force") == 2
    assert "Towns" in said
    assert "Scenarios" in said


def test_explain_a_law_with_its_sizes(command: Command) -> None:
    done = command("explain", "kazakhstan/2020-bill", "--sizes", "249,250", "--town", "almaty")
    assert done.exit_code == 0
    assert "never came into force" in done.stdout
    assert "such as 249" in done.stdout
    assert "the median monthly income in Almaty, 2019" in " ".join(done.stdout.split())


def test_explain_a_law_with_a_reform_and_a_change(command: Command) -> None:
    done = command("explain", "kazakhstan/2020-bill + fines-50-mci", "--set", "law.threshold=60")
    said = " ".join(done.stdout.split())
    assert "Changed: threshold = 60 (set on the command line)." in said
    assert "Changed: sanctions.participant.fine = 50 MCI (reform fines-50-mci)." in said


def test_explain_a_scenario_tells_its_law(command: Command) -> None:
    done = command("explain", "seminar", "--set", "threshold=60")
    assert done.exit_code == 0
    assert "Changed: threshold = 60" in done.stdout


def test_diff_two_laws(command: Command) -> None:
    lines = command("diff", "kazakhstan/2020-bill", "kazakhstan/2020-bill + threshold-50").stdout.splitlines()
    assert "never in force" in lines[0]
    assert "threshold.value" in lines
    assert any(line.startswith("  - 250 persons") for line in lines)
    assert any(line.startswith("  + 50 persons") for line in lines)


def test_diff_a_law_and_itself(command: Command) -> None:
    assert "0 differences" in command("diff", "kazakhstan/1995", "kazakhstan/1995").stdout


def test_diff_two_scenarios(command: Command) -> None:
    said = command("diff", "almaty-1995-law", "almaty-2020-bill").stdout
    assert "scenario.counterfactual" in said
    assert "threshold.value" in said
    assert "town.people" not in said


REFORM = '[[reforms]]\ndate = 2019-07-01\ntitle = "A threshold of 50"\nlaw = "{law} + threshold-50"\n'


def test_diff_says_what_a_reform_changes(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('like = "seminar"\n' + REFORM.format(law="kazakhstan/2020-bill"))
    lines = command("diff", "seminar", tmp_path / "mine.toml").stdout.splitlines()
    assert lines[:3] == ["reforms.0", "  - nothing", "  + 2019-07-01: A threshold of 50 (threshold: 250 persons -> 50 persons)"]


def test_diff_tells_reforms_apart_that_change_the_same(command: Command, tmp_path: Path) -> None:
    about = '[reform]\ntitle = "A fine of 30"\ndescription = "Fines participants 30 units."\nsource = "invented"\n'
    (tmp_path / "fine.toml").write_text(about + '[set]\n"sanctions.participant.fine" = "30 MCI"\n')
    law = f"kazakhstan/2020-bill + {tmp_path / 'fine.toml'}"
    (tmp_path / "a.toml").write_text('like = "seminar"\n' + REFORM.format(law="kazakhstan/2020-bill"))
    (tmp_path / "b.toml").write_text(f'like = "seminar"\nlaw = "{law}"\n' + REFORM.format(law=law))
    done = command("diff", tmp_path / "a.toml", tmp_path / "b.toml")
    told = "2019-07-01: A threshold of 50 (threshold: 250 persons -> 50 persons); in another law"
    assert done.stdout.splitlines()[:3] == ["reforms.0", f"  - {told}", f"  + {told}"], done.output


def test_every_text_of_the_library_is_valid(command: Command) -> None:
    done = command("validate", library())
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.count("a valid law") == len(names("law"))
    assert done.stdout.count("a valid reform") == len(names("reform"))


def test_validate_tells_all_errors_of_all_files(command: Command, tmp_path: Path) -> None:
    bill = (library() / "laws" / "kazakhstan" / "2020-bill.toml").read_text(encoding="utf-8")
    (tmp_path / "law.toml").write_text(bill.replace('status = "bill"', 'status = "bil"').replace("value = 250", "value = -250"))
    (tmp_path / "scenario.toml").write_text('like = "seminar"\n[polcie]\nstyle = 0.1\n')
    (tmp_path / "none.toml").write_text("x = 1\n")
    (tmp_path / "broken.toml").write_text("[regime\n")
    done = command("validate", *sorted(tmp_path.iterdir()), library() / "towns")
    assert done.exit_code == 1
    for said in ("did you mean 'bill'", "threshold", "did you mean 'police'", "no known kind", "not TOML"):
        assert said in done.stderr
    assert "a valid town" in done.stdout


def test_validate_a_reform_that_fits_no_law(command: Command, tmp_path: Path) -> None:
    text = (library() / "reforms" / "threshold-50.toml").read_text(encoding="utf-8").replace("threshold = 50", "treshold = 50")
    (tmp_path / "reform.toml").write_text(text)
    done = command("validate", tmp_path)
    assert done.exit_code == 1
    assert "did you mean 'threshold'" in done.stderr


def test_validate_a_file_that_is_not_there(command: Command, tmp_path: Path) -> None:
    done = command("validate", tmp_path / "nowhere.toml")
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_the_schemas_in_the_checkout_are_current(command: Command, tmp_path: Path) -> None:
    assert command("schema", "--out", tmp_path).exit_code == 0
    for kind in ("law", "practice", "reform", "scenario", "town"):
        name = f"{kind}.schema.json"
        assert (ROOT / "docs" / "schema" / name).read_bytes() == (tmp_path / name).read_bytes(), f"run protestlaw schema ({name})"


def test_the_schema_of_scenarios_names_laws_towns_and_likes(command: Command, tmp_path: Path) -> None:
    command("schema", "--out", tmp_path)
    schema = json.loads((tmp_path / "scenario.schema.json").read_text(encoding="utf-8"))
    fields = schema["properties"]
    assert "name" not in fields
    for key, kind in {"law": "law", "town": "town", "like": "scenario"}.items():
        assert fields[key]["anyOf"][0]["enum"] == names(kind)
    assert schema["else"]["required"] == ["scenario", "town", "law", "issues"]
    assert "Regime" not in schema["$defs"]
    assert "required" not in schema["$defs"]["About"]
    assert schema["$defs"]["Shock"]["required"]
