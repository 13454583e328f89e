"""What is said of texts that cannot be accepted: everything at once, in words that help."""

import re

import pytest

GRID = 'design = "grid"'
LHS = 'design = "latin-hypercube"\npoints = 4'
STYLE = '[factors.style]\nkey = "police.style"\n'
LEVELS = "levels = [0.1, 0.2]\n"
RANGE = "range = [0, 1]\n"
FIVE = "levels = [0.1, 0.2, 0.3, 0.4, 0.5]"


@pytest.mark.parametrize(
    ("head", "rest", "words"),
    [
        ('design = "gird"', STYLE + LEVELS, r"experiment.design: found 'gird'.*did you mean 'grid'"),
        (f"{GRID}\nquestions = 1", STYLE + LEVELS, r"experiment.questions: found the unknown key.*did you mean 'question'"),
        (GRID, f"{STYLE}{LEVELS}[factor.x]", r"factor: found the unknown key 'factor'; allowed: .*did you mean 'factors'"),
        (GRID, "", r"factors: found nothing; allowed: a table \[factors.NAME\]"),
        (GRID, f"{STYLE}levles = [1, 2]", r"factors.style.levles: found the unknown key.*did you mean 'levels'"),
        (GRID, STYLE, r"factors.style.levels: found nothing, and no range; allowed: either levels or a range"),
        (GRID, STYLE + LEVELS + RANGE, r"factors.style.levels: found levels and a range"),
        (GRID, f"{STYLE}levels = [0.1]", r"factors.style.levels: found one level only; allowed: two levels or more"),
        (GRID, f"{STYLE}levels = [0.1, 0.1]", r"factors.style.levels.1: found 0.1 a second time"),
        (GRID, f"{STYLE}levels = [0.1, nan]", r"factors.style.levels.1: found nan"),
        (GRID, f"{STYLE}levels = [0.1, [1]]", r"factors.style.levels.1: found \[1\]; allowed: a number, a text.*named levels"),
        (GRID, f"{STYLE}levels = 3", r"factors.style.levels: found 3; allowed: a list of levels"),
        (
            GRID,
            "[factors.practice]\nlevels = { a = {}, b = 3 }",
            r"factors.practice.levels.b: found 3; allowed: a table of settings",
        ),
        (
            GRID,
            f"{STYLE}levels = {{ a = {{}}, b = {{}} }}",
            r"factors.style.key: found 'police.style'; allowed: nothing, since named levels",
        ),
        (LHS, f"{STYLE}range = [1, 0]", r"factors.style.range: found \[1, 0\]; allowed: a smaller number before a larger one"),
        (LHS, f"{STYLE}range = [0, 1, 2]", r"factors.style.range: found \[0, 1, 2\]; allowed: the least and the greatest value"),
        (LHS, f'{STYLE}{RANGE}scale = "log"', r"factors.style.range.0: found 0; allowed: a number above 0"),
        (LHS, f"{STYLE}range = [0, 0.5]\nwhole = true", r"factors.style.range: found \[0, 0.5\]; allowed: whole numbers"),
        (GRID, f"{STYLE}{LEVELS}whole = true", r"factors.style.whole: found true; allowed: nothing, since it belongs to a range"),
        (GRID, f'{STYLE}{LEVELS}written = "MCI"', r"factors.style.written: found 'MCI'"),
        (GRID, STYLE + RANGE, r"factors.style.steps: found nothing; allowed: into how many values grid divides the range"),
        (LHS, f"{STYLE}{RANGE}steps = 3", r"factors.style.steps: found 3; allowed: nothing, since latin-hypercube draws"),
        (GRID, f'[factors."my style"]\nkey = "police.style"\n{LEVELS}', r"found the name 'my style'.*did you mean 'my_style'"),
        (
            GRID,
            f'[factors.seed]\nkey = "police.style"\n{LEVELS}',
            r"factors.seed: found the name 'seed'; allowed: a name that is no",
        ),
        (GRID, f'[factors.fines]\nkey = "police.style"\n{LEVELS}', r"factors.fines: found the name 'fines'"),
        (GRID, f"{STYLE}{LEVELS}[set]\npolice.style = 1", r"set.police.style: found 'police.style', which factors.style sets"),
        (
            GRID,
            f'{STYLE}{LEVELS}[factors.b]\nkey = "police"\n{LEVELS}',
            r"factors.b: found 'police', which meets 'police.style' of",
        ),
        (f"{GRID}\npoints = 4", STYLE + LEVELS, r"experiment.points: found 4; allowed: nothing, since grid has the points"),
        ('design = "latin-hypercube"', STYLE + RANGE, r"experiment.points: found nothing; allowed: how many points"),
        ('design = "sobol"\npoints = 12', STYLE + RANGE, r"experiment.points: found 12; allowed: a power of two \(as 8 or 16\)"),
        ('design = "morris"\npoints = 9', STYLE + FIVE, r"factors.style.levels: found 5 levels; allowed: at most 4"),
        ('design = "one-at-a-time"', STYLE + LEVELS, r"'one-at-a-time'; allowed: grid.*teaching = true.*blind to interactions"),
        (
            f"{LHS}\nbaseline = {{ style = 0 }}",
            STYLE + RANGE,
            r"experiment.baseline: .*latin-hypercube has no point to compare with",
        ),
        (
            f"{GRID}\nbaseline = {{ stile = 0.1 }}",
            STYLE + LEVELS,
            r"the unknown factor 'stile'; allowed: style; did you mean 'style'",
        ),
        (f"{GRID}\nbaseline = {{ style = 0.3 }}", STYLE + LEVELS, r"experiment.baseline.style: found 0.3; allowed: 0.1, 0.2"),
        (f'{GRID}\ndraw = ["heatmap"]', STYLE + LEVELS, r"experiment.draw.0: found 'heatmap'.*needs two factors or more"),
        (f'{GRID}\ndraw = ["sensitivity"]', STYLE + LEVELS, r"needs the design sobol or morris"),
        (f'{LHS}\ndraw = ["effects"]', STYLE + RANGE, r"needs a baseline"),
        (f"{GRID}\nsample = 2", STYLE + LEVELS, r"experiment.sample: found 2; allowed: nothing"),
        (f"{GRID}\nsecond_order = false", STYLE + LEVELS, r"experiment.second_order: found false; allowed: nothing"),
        ('design = "latin-hypercube"\npoints = 10_001', STYLE + RANGE, r"found 10,001 points; allowed: at most 10,000"),
    ],
)
def test_what_does_not_fit_is_told(refused, head: str, rest: str, words: str) -> None:
    assert re.search(words, refused(head, rest))


@pytest.mark.parametrize(
    ("head", "rest", "words"),
    [
        (
            GRID,
            "[factors.threshold]\nlevels = [20, 50]",
            r"factors.threshold.key: found 'threshold'.*did you mean 'law.threshold'",
        ),
        (
            GRID,
            f'[factors.x]\nkey = "law.treshold"\n{LEVELS}',
            r"factors.x.key: found 'law.treshold'.*did you mean 'law.threshold'",
        ),
        (
            GRID,
            '[factors.x]\nkey = "law.procedures.permt.notice"\nlevels = ["1 days", "2 days"]',
            r"factors.x.key: .*row 'permt'",
        ),
        (
            GRID,
            '[factors.x]\nkey = "law.threshold"\nlevels = [20, -5]',
            r"x.levels.1: found -5 \(law.threshold.value: -5\); allowed: a who",
        ),
        (
            LHS,
            f"{STYLE}range = [0, 1.5]",
            r"factors.style.range.1: found 1.5 \(police.style: 1.5\); allowed: less than or equal to 1",
        ),
        (
            GRID,
            f'{STYLE}{LEVELS}[factors.law]\nlevels = ["no-law", "kazakhstan/1996"]',
            r"law.levels.1: .*mean 'kazakhstan/1995'",
        ),
        (
            GRID,
            "[factors.p]\nlevels = { own = {}, mild = { police.stile = 0.1 } }",
            r"p.levels.mild: found 'mild' \(police.stile: the",
        ),
        (
            GRID,
            f"{STYLE}{LEVELS}[set]\npolice.knows = 3",
            r"set.police.knows: found 3 \(police.knows: 3\); allowed: less than or",
        ),
        (GRID, f"{STYLE}{LEVELS}[set]\nlaw.thresold = 3", r"set.law.thresold: .*did you mean 'law.threshold'"),
        (
            GRID,
            f'{STYLE}{LEVELS}[set]\n"scenario.days" = 40',
            r"set.scenario.days: found 40 \(shocks.\d.date: .*allowed: a date from",
        ),
    ],
)
def test_a_setting_or_level_that_is_refused_is_told_by_its_place(refused, head: str, rest: str, words: str) -> None:
    said = refused(head, rest)
    assert re.search(words, said), said


def test_a_key_that_is_not_there_is_told_once_and_not_by_each_level(refused) -> None:
    assert refused(GRID, f'[factors.x]\nkey = "law.treshold"\n{LEVELS}').count("treshold") == 2
    assert ": 1 problem\n" in refused(GRID, f'[factors.x]\nkey = "law.treshold"\n{LEVELS}')


def test_levels_that_do_not_go_together_are_told_by_point(refused) -> None:
    """The law of 1995 has no threshold; nor has no law."""
    laws = '[factors.law]\nlevels = ["kazakhstan/2020-bill", "kazakhstan/1995", "no-law"]\n'
    said = refused(GRID, f'{laws}[factors.threshold]\nkey = "law.threshold"\nlevels = ["none", 20, 50, 100]')
    assert re.search(
        r"point 5: found law = 'kazakhstan/1995', threshold = 20 \(law.threshold.value: 20, though no procedure row", said
    )
    assert "points: found 1 more that cannot be read" in said
    assert ": 6 problems" in said
    assert "point 4:" not in said, "without a threshold it is in order"


def test_everything_is_told_at_once(refused) -> None:
    said = refused(
        'design = "grid"\nbaseline = { stile = 1 }\npionts = 3',
        f"{STYLE}levels = [0.5, 7]\n[factors.law]\nlevels = ['no-law', 'no-laws']\n[set]\npolice.knows = 2\n[unknown]",
    )
    for place in ("experiment.pionts", "factors.style.levels.1", "factors.law.levels.1", "set.police.knows", "unknown"):
        assert f"  {place}: found" in said, said


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("seeds", "0", "how many"),
        ("seeds", "[]", "how many"),
        ("seeds", "[1, 1]", r"seeds.1: found 1 a second time; allowed: each seed once"),
        ("seeds", "[1, -1]", r"seeds.1: found -1; allowed: a whole number from 0 to 2\*\*53 - 1"),
        ("seeds", "true", "how many"),
        ("outcomes", '["attendence"]', r"outcomes.0: found 'attendence'.*did you mean 'attendance'"),
        ("outcomes", "[]", "at least one of"),
        ("base", '"seminarr"', r"experiment.base: found 'seminarr', which no scenario is called.*did you mean 'seminar'"),
        ("base", '"nowhere.toml"', r"experiment.base: found 'nowhere.toml', which no scenario file is called"),
    ],
)
def test_seeds_outcomes_and_base(refused, key: str, value: str, words: str) -> None:
    assert re.search(words, refused(GRID, STYLE + LEVELS, **{key: value}))


def test_what_is_refused_alone_may_be_right_in_company(load) -> None:
    """The law of 1995 has no threshold to be set; the laws that are put in its place have one."""
    laws = '[factors.law]\nlevels = ["kazakhstan/2020-bill", "kazakhstan/2020-bill + tolerate-overrun"]\n'
    text = f'{laws}[factors.threshold]\nkey = "law.threshold"\nrange = [20, 50]\nsteps = 2\nwhole = true\n'
    design = load(GRID, f"{text}[set]\nscenario.counterfactual = true", base='"almaty-1995-law"')
    assert [scenario.law.threshold_value for scenario in design.scenarios] == [20, 50, 20, 50]
