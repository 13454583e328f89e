"""Texts and cells for pages, made for tests."""

from pathlib import Path

import numpy as np

from sim.experiment.exploring import EDGES, Cell
from sim.streams import Streams

UNITS = ("count", "count", "count", "share", "share", "share", "share", "share", "share", "rate")
"""Of the outcomes of :func:`many_cells`, as many as the seminar's page has."""

TEXT = """
[explorer]
title = { en = "A small page", ru = "Малая страница", kk = "Шағын бет" }
base = "seminar"
seeds = 4
timelines = 2
question = "attendance"
outcomes = ["events_held", "attendance", "suppressed", "waiting_share", "lawful_share_start", "sanctioned_per_1000"]

[set]
"town.people.adults" = 3000
"organisers.per_100k" = 500
"organisers.opportunities" = 15.0
"scenario.days" = 40
"shocks" = []

[levers.procedure]
label = { en = "What is owed", ru = "Что требуется", kk = "Не талап етіледі" }
help = "Below the threshold."
levels = [
  { name = "notification", label = { en = "Notification", ru = "Уведомление", kk = "Хабарлама" } },
  { name = "permit", label = { en = "Permit", ru = "Разрешение", kk = "Рұқсат" }, set = { "law.procedures" = [
    { procedure = "permit", notice = "5 working days", decision = "1 working day" }
  ] } },
]

[levers.threshold]
label = { en = "Threshold", ru = "Порог", kk = "Шек" }
moot = [{ procedure = "permit" }]
levels = [
  { name = "none", label = "No threshold", set = { "law.threshold" = "none" } },
  { name = "20", label = "20 people", set = { "law.threshold" = 20 } },
  { name = "100", label = "100 people", set = { "law.threshold" = 100 } },
]

[levers.practice]
label = { en = "Practice", ru = "Практика", kk = "Практика" }
levels = [
  { name = "benign", label = "Benign", set = { practice = "benign" } },
  { name = "hostile", label = "Hostile", set = { practice = "hostile" } },
]

[[presets]]
label = { en = "Kazakhstan, bill of 2020", ru = "Казахстан, законопроект 2020 года", kk = "Қазақстан, 2020 жылғы заң жобасы" }
law = "kazakhstan/2020-bill"
levels = { threshold = "100", practice = "hostile" }
note = "Marches are left out."
"""


LIVE = TEXT.replace(
    """  { name = "100", label = "100 people", set = { "law.threshold" = 100 } },
]
""",
    """  { name = "100", label = "100 people", set = { "law.threshold" = 100 } },
]

[levers.threshold.any]
least = 2
most = 5000
label = { en = "{value} people", ru = "{value} чел.", kk = "{value} адам" }
set = { "law.threshold" = "{value}" }
""",
)
"""The same with a lever that takes any number, on a page that is served live."""


def written(folder: Path, text: str = TEXT, name: str = "small") -> Path:
    """The text of a page, as a file."""
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def many_cells(cells: int, seeds: int, *, events: int = 60, timelines: int = 1) -> list[Cell]:
    """Cells as hard to pack as those of real runs: seeds differ, and neighbours differ by noise as wide as that of seeds."""
    chance = Streams(1)
    noise = np.array(chance.uniforms("noise", cells * seeds * len(UNITS))).reshape(cells, len(UNITS), seeds)
    days = np.array(chance.uniforms("days", cells * timelines * events * 3)).reshape(cells, timelines, events, 3)
    levels = {"count": (2000, 400), "share": (0.6, 0.2), "rate": (30.0, 10.0)}
    middle, width = np.array([levels[unit] for unit in UNITS]).T[:, :, None]
    return [_cell(middle + width * noise[n], days[n], n) for n in range(cells)]


def _cell(values: np.ndarray, chances: np.ndarray, number: int) -> Cell:
    whole = np.array([unit == "count" for unit in UNITS])[:, None]
    marks = []
    for one in chances:
        events = np.stack([one[:, 0] * 181, np.exp(one[:, 1] * 6), one[:, 2] * 4], axis=1).astype(np.int32)
        marks.append(events[np.argsort(events[:, 0], kind="stable")])
    held = np.array([200, 150, 50, 30, 20, number % 7], np.int64)
    return Cell(
        values=np.where(whole, np.rint(values), values),
        sizes=np.arange(len(EDGES), dtype=np.int64) * (1 + number % 13),
        held=held,
        came=held * 37,
        open=np.array([True, False, True, True, False, number % 2 == 0]),
        threshold=None if number % 3 == 0 else 50 * (number % 3),
        runs=values.shape[1],
        events=tuple(marks),
    )
