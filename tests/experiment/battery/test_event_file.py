"""A user's own file of events: read strictly, and everything wrong told at once."""

import math
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiment.battery import of_record, read_mapping
from sim.experiment.battery.event_file import read_events
from sim.measurement.patterns import PATTERNS, Events

MAP = """
[city]
title = "Exampletown 2022"
regime = "N"
inhabitants = 500_000
first = 2022-01-03
last = 2022-12-31

[file]
delimiter = ";"
dates = "%d.%m.%Y"
thousands = "."
yes = ["ja"]
no = ["nein"]
missing = ["", "k.A."]

[columns]
date = "Datum"
held = "Stand"
attended = "Teilnehmer"
declared = "angemeldet"
filed = "Eingang"
decided = "Bescheid"
notified = "Anzeige"
refused = "verboten"
arrests = "Festnahmen"
topic = "Thema"

[words.held]
yes = ["durchgeführt"]
no = ["abgesagt"]

[[shocks]]
date = 2022-02-24
topic = "Krieg"
title = "War"
"""
HEAD = "Datum;Stand;Teilnehmer;angemeldet;Eingang;Bescheid;Anzeige;verboten;Festnahmen;Thema"
GOOD = """
08.01.2022;durchgeführt;1.200;1.000;01.01.2022;05.01.2022;ja;nein;0;Krieg
09.01.2022;abgesagt;;50;07.01.2022;k.A.;ja;ja;;Mieten
10.01.2022;Durchgeführt;30;k.A.;;;nein;;2;
"""


def files(tmp_path: Path, rows: str = GOOD, mapping: str = MAP, head: str = HEAD) -> tuple[Path, Path]:
    events, columns = tmp_path / "town.csv", tmp_path / "town.toml"
    events.write_text(head + rows.replace("\n\n", "\n"), encoding="utf-8")
    columns.write_text(mapping, encoding="utf-8")
    return events, columns


def read(tmp_path: Path, rows: str = GOOD, mapping: str = MAP, head: str = HEAD) -> Events:
    events, columns = files(tmp_path, rows, mapping, head)
    return read_events(events, read_mapping(columns))


def refused(tmp_path: Path, rows: str = GOOD, mapping: str = MAP, head: str = HEAD) -> str:
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows, mapping, head)
    return str(caught.value)


# -- what is read --------------------------------------------------------------------------------------------------------------


def test_a_file_is_read_as_its_text_says(tmp_path: Path) -> None:
    made = read(tmp_path)
    rows = made.table
    assert rows["day"].tolist() == [5, 6, 7]
    assert rows["held"].tolist() == [1, 0, 1]
    assert rows["attended"].tolist()[::2] == [1200, 30]
    assert rows["declared"].tolist()[:2] == [1000, 50]
    assert rows["notice"].tolist()[:2] == [7, 2]
    assert rows["filed"].tolist() == [1, 1, 0]
    assert (rows["decision_lag"][0], rows["decision_lead"][0]) == (4, 3)
    assert rows["topic"].tolist() == ["Krieg", "Mieten", ""]
    assert [math.isnan(rows[name][row]) for name, row in (("attended", 1), ("declared", 2), ("notice", 2), ("arrests", 1))] == [
        True
    ] * 4
    assert (made.stretches[0].days, made.inhabitants, len(made.shocks)) == (363, 500_000, 1)
    assert "officers" not in made.known
    assert PATTERNS["P5"](made) == 0.5
    assert PATTERNS["P13a"](made) == 0.5
    assert PATTERNS["P14"](made) == 0.5
    assert PATTERNS["P10a"](made) == 0.5


def test_a_day_is_all_that_is_needed(tmp_path: Path) -> None:
    made = read(tmp_path, "\n2022-03-01\n2022-03-05\n\n", '[city]\ntitle = "Town"\n[columns]\ndate = "day"', "day")
    assert made.known == {"held"}
    assert len(made.held) == 2
    assert made.stretches[0].days == 5


def test_filings_are_known_from_their_days_where_nothing_else_tells(tmp_path: Path) -> None:
    mapping = '[city]\ntitle = "Town"\n[columns]\ndate = "day"\nfiled = "filed"'
    made = read(tmp_path, "\n2022-03-01,2022-02-20\n2022-03-05,", mapping, "day,filed")
    assert made.table["filed"].tolist()[0] == 1
    assert math.isnan(made.table["filed"][1])


def test_the_battery_says_which_columns_are_missing(tmp_path: Path) -> None:
    found = of_record(*files(tmp_path)).table.set_index("pattern")
    assert found.loc["P17a", "why"] == "the file does not tell: officers"
    assert found.loc["P17a", "verdict"] == "no value"
    assert "P12" not in found.index
    permit = of_record(*files(tmp_path), regime="P").table.set_index("pattern")
    assert permit.loc["P13b", "why"] == "the file does not tell: lawful"
    assert permit.loc["P12", "why"] == "the file does not tell: critical"


# -- what is refused -----------------------------------------------------------------------------------------------------------


def test_everything_wrong_with_a_file_is_told_at_once(tmp_path: Path) -> None:
    rows = """
31.02.2022;durchgeführt;1.200;1.000;01.01.2022;;ja;nein;0;
09.01.2022;abgsagt;viele;-5;07/01/2022;;ja;vielleicht;;
;durchgeführt;inf;50;07.01.2022;;ja;nein;0;
10.01.2022;durchgeführt;30
"""
    told = refused(tmp_path, rows)
    assert "line 2, Datum: found '31.02.2022'; allowed: a date as 30.06.2019 (%d.%m.%Y)" in told
    assert "line 4, Datum: found ''; allowed: a date as 30.06.2019 (%d.%m.%Y)" in told
    assert "line 3, Stand: found 'abgsagt'; allowed: durchgeführt, abgesagt, or nothing or k.A.; did you mean 'abgesagt'?" in told
    assert "line 3, Teilnehmer: found 'viele'; allowed: a number from 0, or nothing or k.A." in told
    assert "line 4, Teilnehmer: found 'inf'" in told
    assert "line 3, angemeldet: found '-5'" in told
    assert "line 3, Eingang: found '07/01/2022'; allowed: a date as 30.06.2019 (%d.%m.%Y), or nothing or k.A." in told
    assert "line 3, verboten: found 'vielleicht'; allowed: ja, nein, or nothing or k.A." in told
    assert "line 5: found 3 cells; allowed: 10 cells, as many as there are columns" in told
    assert "9 problems" in told


def test_what_columns_say_together_is_checked(tmp_path: Path) -> None:
    rows = """
01.01.2022;durchgeführt;1;1;01.01.2022;;ja;nein;0;
09.01.2022;durchgeführt;1;1;10.01.2022;;ja;nein;0;
10.01.2022;durchgeführt;1;1;09.01.2022;08.01.2022;ja;nein;0;
"""
    told = refused(tmp_path, rows)
    assert "line 2, Datum: found 2022-01-01; allowed: a day of the period, from 2022-01-03 (city.first)" in told
    assert "line 3, Eingang: found 2022-01-10, after the event (2022-01-09); allowed: the day of the event or before" in told
    assert "line 4, Bescheid: found 2022-01-08, before the filing (2022-01-09); allowed: the day of the filing or after" in told
    mapping = '[city]\ntitle = "Town"\n[columns]\ndate = "day"\narrests = "taken"\npunished = "fined"'
    told = refused(tmp_path, "\n2022-03-01,3,4", mapping, "day,taken,fined")
    assert "line 2, fined: found 4 of 3 detained; allowed: no more than were detained" in told


def test_of_many_wrong_cells_ten_are_told_and_how_many_more(tmp_path: Path) -> None:
    rows = "\n" + "\n".join(["x"] * 25)
    told = refused(tmp_path, rows, '[city]\ntitle = "Town"\n[columns]\ndate = "day"', "day")
    assert "line 11, day" in told
    assert "line 12, day" not in told
    assert "day: found 15 more such cells" in told


def test_columns_that_are_not_there(tmp_path: Path) -> None:
    told = refused(tmp_path, GOOD, MAP, HEAD.replace("Datum", "Datm").replace("Thema", "Bescheid"))
    assert "columns.date: found no column 'Datum'" in told
    assert "did you mean 'Datm'?" in told
    assert "columns.decided: found two columns 'Bescheid'; allowed: each name once" in told


@pytest.mark.parametrize(("rows", "head", "said"), [("", HEAD, "found no event"), ("", "", "allowed: a file with columns")])
def test_an_empty_file(tmp_path: Path, rows: str, head: str, said: str) -> None:
    assert said in refused(tmp_path, rows, MAP, head)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    events, columns = files(tmp_path)
    with pytest.raises(InputError, match="no such file; allowed: a CSV file of events"):
        read_events(tmp_path / "none.csv", read_mapping(columns))
    with pytest.raises(InputError, match="no such file; allowed: a text"):
        read_mapping(tmp_path / "none.toml")
    events.write_bytes("Datum;Stand\n01.02.2022;durchgef\xfchrt".encode("latin-1"))
    with pytest.raises(InputError, match="CSV in utf-8"):
        read_events(events, read_mapping(columns))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("regime", "regmie"), "did you mean 'regime'?"),
        (('"N"', '"X"'), "city.regime: found 'X'; allowed: N, P, L"),
        (("last = 2022-12-31", "last = 2021-12-31"), "city.last: found 2021-12-31; allowed: a day after the first (2022-01-03)"),
        (('no = ["nein"]', 'no = ["Ja"]'), "file.no: found 'ja'; allowed: words that are not among those for yes"),
        (('filed = "Eingang"', ""), "columns.filed: found nothing; allowed: a column, since decided is told from it"),
        (('topic = "Thema"', 'topic = "Datum"'), "columns: found the column 'Datum' with two meanings"),
        (('held = "Stand"\n', ""), "words.held: found words of a column that is not mapped"),
        (('topic = "Thema"', ""), "columns.topic: found nothing; allowed: a column, since shocks are told by topic"),
        (('delimiter = ";"', 'encoding = "utf-99"'), "file.encoding: found 'utf-99'"),
        (("[words.held]", "[words.hald]"), "did you mean 'held'?"),
    ],
)
def test_what_is_wrong_with_the_text_about_columns(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert change[0] in MAP
    _, columns = files(tmp_path, GOOD, MAP.replace(*change, 1))
    with pytest.raises(InputError) as caught:
        read_mapping(columns)
    assert said in str(caught.value)
