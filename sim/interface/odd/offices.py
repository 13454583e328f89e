"""State of the town's offices, of what is public, of a gathering while it lasts, and of the model itself."""

from __future__ import annotations

from typing import Final

from sim.behaviour.arrays import SEAT, Call
from sim.institutions import Authority, Court, Police, Press
from sim.institutions.places import Places
from sim.interface.odd.variables import Entity, Variable, attributes, fields_of, of_rows
from sim.model.almanac import Almanac
from sim.model.model import ProtestModel
from sim.model.news import Fading, News
from sim.model.street import Gathering

__all__ = ["CALL", "FADING", "GATHERING", "MODEL", "NEWS", "OFFICES", "PLACES", "PRESS", "SEATED"]

OFFICES: Final = tuple(
    Entity(name, attributes(kind), {}, frozenset({"world"}))
    for name, kind in {"the authority": Authority, "the court": Court, "the police": Police}.items()
)
"""Offices without memory: what they do depends on practice, law, docket and chance alone."""

PRESS: Final = Entity(
    "a medium",
    attributes(Press),
    {
        "number": Variable("int", "number", "0 to media - 1", "which"),
        "independent": Variable("bool", "-", "true, false", "not held by the government; for good"),
        "open": Variable("bool", "-", "true, false", "may still publish; closed for covering the unlawful (7.15)"),
    },
    frozenset({"world"}),
)

PLACES: Final = Entity(
    "the places",
    fields_of(Places),
    {
        "booked": Variable(
            "map", "slot (site, day)", "an assembly or a phantom", "who holds a slot, where a law makes slots exclusive"
        ),
        "designated": Variable("set of sites", "-", "sites", "designated under the law in force (7.10)"),
        "prohibited": Variable("set of sites", "-", "sites", "near what the law in force keeps assemblies away from (7.10)"),
    },
    frozenset({"town", "regime"}),
)

NEWS: Final = Entity(
    "what is public",
    attributes(News),
    {
        "belief": Variable("float", "share", "0 to 1", "share of unlawful assemblies believed to be punished"),
        "fear": Variable("fading", "utility", "from 0", "fear of a full-time reader"),
        "anger": Variable("fading, one an issue", "utility", "from 0", "anger of a full-time reader"),
        "concern": Variable("fading, one an issue", "utility", "from 0", "concern of a full-time reader"),
        "heard": Variable("fading, one an issue", "assemblies", "from 0", "assemblies of late that organisers heard of"),
        "standing": Variable("fading", "share", "any", "of the law, above or below the ordinary"),
        "leave": Variable("2 floats by (stance, procedure)", "answers", "from 0", "known among organisers: allowed, and all"),
        "punished": Variable("2 floats", "assemblies", "from 0", "unlawful ones covered: organiser punished, and all"),
    },
    frozenset({"behaviour"}),
)

FADING: Final = Entity(
    "a fading number",
    attributes(Fading),
    {
        "amount": Variable("float", "as its owner", "any", "as it stood on `day`"),
        "day": Variable("int", "day", "0 to today", "when something was last added"),
        "half_life": Variable("float", "days", "above 0", "for good"),
    },
)

GATHERING: Final = Entity(
    "a gathering",
    fields_of(Gathering),
    {
        "assembly": Variable("", "-", "an assembly", "which"),
        "breaches": Variable("", "-", "`OFFENCES`", "offences by the text of the law as it begins"),
        "suspect": Variable("", "-", "true, false", "officials hold it to be unlawful"),
        "expected": Variable("", "persons", "from 1", "whom everyone expects"),
        "officers": Variable("", "officers", "from 0", "police sent"),
        "goers": Variable("citizens", "-", "rising", "adults who came"),
        "parents": Variable("citizens", "-", "rising", "those of them who brought a child"),
        "offences": Variable("", "-", "`OFFENCES`", "all there were in the end, in the order of their coming"),
        "detained": Variable("citizens", "-", "rising", "adults arrested"),
        "ended": Variable("", "-", "true, false", "terminated"),
        "forced": Variable("", "-", "true, false", "dispersed by force"),
        "organiser_punished": Variable("", "-", "true, false", "its organiser was punished for it"),
    },
    frozenset({"call"}),
)

CALL: Final = Entity(
    "a call",
    fields_of(Call),
    {
        "event": Variable("", "code", "64 bits", "the assembly's code, under which its coins are tossed"),
        "day": Variable("", "day", "today", "when"),
        "issue": Variable("", "issue", "an issue", "about what"),
        "reach": Variable("", "share", "0 to 1", "chance that a follower is told"),
        "audience": Variable("", "persons", "from 0", "persons whom the public call may reach"),
        "pull": Variable("", "utility", "any", "shock and appeal, less the cost of a working day"),
        "news": Variable("", "utility", "any", "what the news adds for a full-time reader"),
        "travel": Variable("", "utility", "from 0", "cost of the way, by district"),
        "deference_weight": Variable("", "utility", "from 0", "`behaviour.deference` times legitimacy"),
        "unlawful": Variable("", "-", "0 or 1", "whether coming is unlawful: for citizens, for foreigners"),
        "fine": Variable("", "currency", "from 0", "threatened, by status: citizen, repeat, foreigner, repeat"),
        "jail": Variable("", "monthly wages", "from 0", "what the arrest threatened weighs, by status"),
        "stigma": Variable("", "monthly wages", "from 0", "what stigma and expulsion weigh, by status"),
        "officers": Variable("", "officers", "from 0", "police sent"),
        "announced": Variable("", "persons", "from 1", "persons expected"),
        "belief": Variable("", "share", "0 to 1", "chance of sanction believed"),
        "repeat_since": Variable("", "day", "any", "a sanction on this day or later makes a repeat"),
        "brings": Variable("", "share", "0 to 1", "chance that an adult brings a child"),
        "minors_barred": Variable("", "-", "true, false", "the law bars children"),
        "leader": Variable("", "citizen", "a citizen, or -1", "who leads it; none for further parts of a split"),
    },
)

SEATED: Final = Entity(
    "someone reached",
    of_rows(SEAT),
    {
        "citizen": Variable("", "citizen", "a citizen", "who"),
        "margin": Variable("", "utility", "any", "all that speaks for going less all against, but ties and sanction"),
        "weight": Variable("", "utility", "from 0", "risk aversion times sanction"),
        "told": Variable("", "persons", "from 0", "ties who go and told it"),
        "asked": Variable("", "-", "true, false", "asked in person"),
        "going": Variable("", "-", "true, false", "goes"),
        "child": Variable("", "-", "true, false", "brings a child, if it goes"),
    },
    frozenset({"queued"}),
)

MODEL: Final = Entity(
    "the model",
    attributes(ProtestModel, ("__init__", "_found")) | {"emergencies": attributes(Almanac)["emergencies"]},
    {
        "today": Variable("int", "day", "0 to days - 1", "the day"),
        "days_lived": Variable("int", "days", "0 to days", "days that are over"),
        "regime": Variable("law", "-", "a law", "the law in force"),
        "emergencies": Variable("int", "states", "from 0", "states of emergency in force; they may overlap"),
        "places": Variable("see the places", "-", "", "sites under the law in force"),
        "news": Variable("see what is public", "-", "", "what the town knows"),
        "citizens": Variable("citizens", "-", "the adults", "who lives there"),
        "organisers": Variable("organisers", "-", "", "who organises"),
        "authority": Variable("office", "-", "", "answers filings"),
        "court": Variable("office", "-", "", "decides appeals, sentences"),
        "police": Variable("office", "-", "", "deploy, end, arrest"),
        "press": Variable("media", "-", "", "report"),
        "agenda": Variable("map", "assemblies by day", "", "what is planned and has not met its day"),
        "clock": Variable("tasks", "-", "", "what is due at dawn and at the desk (3)"),
        "held_today": Variable("gatherings", "-", "", "what was held today, for court and news"),
        "assemblies_planned": Variable("int", "assemblies", "from 0", "so many so far: the next one's number"),
        "filings_made": Variable("int", "filings", "from 0", "so many so far: the next one's number"),
        "record": Variable("log", "happenings", "", "what happened (4, observation)"),
    },
    frozenset(
        {  # what is given, or looked up
            *("conduct", "streams", "town", "calendar", "symbolic", "almanac", "deliberation", "occasions", "rates", "issue_of"),
            *(
                "columns",
                "room",
                "travel",
                "rates_of_turnout",
                "keys",
                "_penalties",
                "_threats",
                "_periods",
                "_period_of",
                "_period",
            ),
            *("_rivals", "events_held", "lawful_events"),
        }
    ),
)
