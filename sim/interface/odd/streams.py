"""The named streams of chance: what each decides, and by whom, what and slot it is keyed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from sim.interface.odd.markdown import table

__all__ = ["DRAWS", "TABLES", "Draw"]


class Draw(NamedTuple):
    """What is drawn from a stream.

    Attributes:
        kind: ``uniform`` (53 bits), ``normal``, or ``words`` (32-bit words, each a number of its own).
        who, what, slot: its counter.
        decides: what the draw decides.
    """

    kind: str
    who: str
    what: str
    slot: str
    decides: str


def _of_a_person(kind: str, decides: str, what: str = "0") -> Draw:
    return Draw(kind, "citizen", what, "0", decides)


def _of_an_organiser(kind: str, decides: str) -> Draw:
    return Draw(kind, "organiser", "0", "0", decides)


def _of_an_occasion(kind: str, decides: str) -> Draw:
    return Draw(kind, "organiser", "day of the opportunity", "0", decides)


def _of_an_assembly(kind: str, decides: str, who: str = "organiser", slot: str = "0") -> Draw:
    return Draw(kind, who, "code of the assembly", slot, decides)


def _of_a_filing(decides: str, slot: str = "0") -> Draw:
    return _of_an_assembly("uniform", decides, "attempt", slot)


DRAWS: Final[Mapping[str, Draw]] = {
    # the town (sim/population)
    "income": _of_a_person("normal", "log income"),
    "reluctance": _of_a_person("normal", "theta"),
    "risk aversion": _of_a_person("normal", "log risk aversion"),
    "deference": _of_a_person("uniform", "deference"),
    "media": _of_a_person("uniform", "use of press and networks"),
    "foreigner": _of_a_person("uniform", "whether without the state's citizenship"),
    "concern": _of_a_person("uniform", "base concern with an issue", "issue"),
    "activity": _of_a_person("normal", "log activity, to which ties are proportional"),
    "local ties": Draw(
        "words", "citizen", "place of the first of four candidates", "0", "whether four candidates of the district are tied"
    ),
    "long ties": Draw("words", "citizen", "call", "0", "whether a call is made, and to whom in town"),
    # organisers as they are founded (sim/model/founding.py)
    "organiser/stance": _of_an_organiser("uniform", "stance"),
    "organiser/legal form": _of_an_organiser("uniform", "legal form"),
    "organiser/issue": _of_an_organiser("uniform", "issue"),
    "organiser/leader": _of_an_organiser("uniform", "which citizen leads it"),
    "organiser/activity": _of_an_organiser("normal", "log rate of opportunities"),
    "organiser/legality": _of_an_organiser("uniform", "taste for legality"),
    "organiser/means": _of_an_organiser("normal", "log budget"),
    "organiser/following": _of_an_organiser("uniform", "size of the following"),
    "organiser/follow": Draw(
        "words", "organiser", "place in the following", "meeting", "whether someone of the district is met, and who"
    ),
    "press/independent": Draw("uniform", "medium", "0", "0", "whether it is independent of the government"),
    # occasions and choices (sim/model/occasions.py, sim/institutions/organiser.py)
    "incident/gap": Draw("uniform", "issue", "number of the incident", "0", "how long after the one before it comes"),
    "incident/size": Draw("uniform", "issue", "number of the incident", "0", "how much it raises concern"),
    "opportunity": Draw("uniform", "organiser", "day", "0", "whether a reason to act arises"),
    "occasion/prompted": _of_an_occasion("uniform", "whether what just happened prompted it"),
    "occasion/lead": _of_an_occasion("normal", "days until the occasion matters most"),
    "occasion/appeal": _of_an_occasion("normal", "appeal to everyone"),
    "occasion/error": _of_an_occasion("normal", "error of the organiser's forecasts"),
    "occasion/luck": _of_an_occasion("uniform", "how far the call spreads"),
    "occasion/form": _of_an_occasion("uniform", "whether to move, and how"),
    "occasion/site": _of_an_occasion("uniform", "the ordinary place in mind"),
    "organiser/how": Draw(
        "uniform", "organiser", "256 * day of the opportunity", "strategy, form, day and site (7.7)", "noise of a way of acting"
    ),
    "organiser/whether": Draw(
        "uniform", "organiser", "256 * day of the opportunity", "0 waiting, 1 acting", "noise of waiting and of acting"
    ),
    "organiser/way out": Draw(
        "uniform", "organiser", "256 * day of the opportunity + part", "attempt, appealed and way (7.8)", "noise of a way out"
    ),
    "organiser/eve": _of_an_assembly("normal", "error left in the forecast on the day"),
    "organiser/keeps": _of_an_assembly("uniform", "whether it keeps to its plan on the day"),
    # filings, the authority, appeals (sim/model/planning.py, sim/institutions/authority.py, court.py)
    "filing/complete": _of_a_filing("whether a filing has everything it must contain"),
    "police/watches": _of_an_assembly("uniform", "whether calling before leave is noticed"),
    "authority/silence": _of_a_filing("whether it stays silent"),
    "authority/lateness": _of_a_filing("when it answers"),
    "authority/wish": _of_a_filing("whether the filing is unwanted and that is acted on"),
    "authority/formalism": _of_a_filing("whether formal defects of a wanted filing are held against it"),
    "authority/cut": _of_a_filing("whether fewer people are allowed (slot 0), and how many (slot 1)", "0 or 1"),
    "authority/ground": _of_a_filing(
        "whether a ground with discretion can be made to fit", "place of the ground in `DISCRETIONARY`"
    ),
    "authority/phantom": _of_a_filing("whether the slot is booked for an event that never is"),
    "authority/lawless": _of_a_filing("whether it refuses without any ground"),
    "authority/offer": _of_a_filing("whether it offers another place though the law does not ask it"),
    "authority/honours silence": _of_an_assembly("uniform", "whether those who relied on silence are left alone"),
    "court/bans": _of_a_filing("whether a court prohibits where only it may"),
    "court/reversal": _of_a_filing("whether a refusal is reversed on appeal"),
    # the street (sim/behaviour/turnout.py, sim/institutions/police.py)
    "turnout/noise": _of_an_assembly("words", "noise of going (word 1), bringing a child (2), leaving it at home (3)", "citizen"),
    "turnout/call": _of_an_assembly("words", "whether a follower is told", "citizen"),
    "turnout/audience": _of_an_assembly(
        "words", "who is reached by the public call (word 1), and whether it reads (2)", "place in the audience"
    ),
    "turnout/told": _of_an_assembly("words", "whether a goer tells a tie", "citizen who goes", "citizen who is told"),
    "street/let in": _of_an_assembly("words", "who finds room indoors: those with the smallest numbers", "citizen"),
    "police/knows": _of_an_assembly("uniform", "whether the police know of what was not filed"),
    "police/prevents": _of_an_assembly("uniform", "whether the organiser is detained before it begins"),
    "police/steps in": _of_an_assembly("uniform", "whether the police end what they hold to be unlawful"),
    "police/misconduct": _of_an_assembly("uniform", "whether a few misbehave"),
    "police/leave": _of_an_assembly("uniform", "whether the crowd leaves when told to"),
    "police/arrests all the same": _of_an_assembly("uniform", "whether people are arrested though the crowd left"),
    "police/arrests": _of_an_assembly("normal", "how many are arrested"),
    "police/who": _of_an_assembly("words", "who is arrested: those with the smallest numbers", "citizen"),
    # the court (sim/model/justice.py)
    "court/punished": _of_an_assembly("uniform", "whether a detained person is punished", "citizen"),
    "court/identified": _of_an_assembly("uniform", "whether one more is identified later (rounding)"),
    "court/who": _of_an_assembly("words", "who is identified later: those with the smallest numbers", "citizen"),
    "court/kind": _of_an_assembly("uniform", "arrest or fine, of a participant", "citizen"),
    "court/amount": _of_an_assembly("uniform", "how much, of a participant", "citizen"),
    "court/mercy": _of_an_assembly("uniform", "warning or not, of a participant", "citizen"),
    "court/liable": _of_an_assembly("uniform", "whether the organiser is held liable"),
    "court/organiser/kind": _of_an_assembly("uniform", "arrest or fine, of an organiser"),
    "court/organiser/amount": _of_an_assembly("uniform", "how much, of an organiser"),
    "court/organiser/mercy": _of_an_assembly("uniform", "warning or not, of an organiser"),
    # the press (sim/institutions/press.py)
    "press/covers": _of_an_assembly("uniform", "whether a medium reports it", "medium"),
    "press/size": _of_an_assembly("normal", "error of the size the first medium gives", "medium"),
    "press/closes": _of_an_assembly("uniform", "whether covering it closes the medium", "medium"),
}
"""Every stream of the model, in the order of the day."""


def _streams() -> str:
    rows = [(f"`{name}`", *draw) for name, draw in DRAWS.items()]
    return table(("stream", "draw", "who", "what", "slot", "decides"), rows)


TABLES: Final[Mapping[str, Callable[[], str]]] = {"streams": _streams}
