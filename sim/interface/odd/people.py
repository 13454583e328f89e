"""State of the people: citizens and organisers, and what organisers have in mind and under way."""

from __future__ import annotations

from typing import Final

from sim.behaviour.arrays import Moods
from sim.institutions import Organiser
from sim.institutions.docket import Assembly, Filing, Plan
from sim.institutions.options import Occasion
from sim.interface.odd.variables import Entity, Variable, attributes, columns_of, fields_of, of_rows
from sim.model.citizens import State
from sim.population.people import row_type

__all__ = ["ASSEMBLY", "CITIZEN", "CITIZEN_STATE", "FILING", "OCCASION", "ORGANISER", "PLAN"]

CITIZEN: Final = Entity(
    "a citizen, for good",
    of_rows(row_type(1)),
    {
        "district": Variable(
            "", "number", "0 to districts - 1", "home district; citizens of one district have consecutive numbers"
        ),
        "income": Variable("", "currency a month", "above 0", "monthly income"),
        "theta": Variable("", "utility", "any", "reluctance: what must be outweighed before one goes"),
        "risk_aversion": Variable("", "factor", "above 0, mean 1", "weight of a sanction"),
        "deference": Variable("", "share", "0 to 1", "how far one defers to the law for its own sake"),
        "media": Variable("", "share", "0 to 1", "use of press and networks"),
        "foreigner": Variable("", "-", "true, false", "without the state's citizenship"),
        "concern": Variable("", "utility", "0 to `concern_max`", "base concern, one number an issue"),
    },
)

CITIZEN_STATE: Final = Entity(
    "a citizen, as it changes",
    columns_of(Moods.of(1), Moods._fields) | columns_of(State(1), sorted(set(State.__slots__) - {"moods"})),
    {
        "fear": Variable("", "utility", "0 to 1", "fear, as it stood on day `stamp` (7.12)"),
        "anger": Variable("", "utility", "0 to 1", "anger, as it stood on day `stamp` (7.12)"),
        "stamp": Variable("", "day", "0 to today", "day on which fear or anger last changed"),
        "debt": Variable("", "currency", "from 0", "what is owed of fines, as it stood on day `owing` (7.13)"),
        "owing": Variable("", "day", "0 to today", "day on which the debt last changed"),
        "punished": Variable("", "day", "to today", "day of the last sanction, counted from `LONG_AGO`; 0 for never"),
        "away_until": Variable("", "day", "from 0", "first day on which one is free: after arrest, or never after expulsion"),
        "fines": Variable("", "currency", "from 0", "fines so far (an account; moves nothing)"),
        "jail_days": Variable("", "days", "from 0", "days of arrest so far (an account)"),
        "arrests": Variable("", "arrests", "from 0", "times detained so far (an account)"),
        "sanctions": Variable("", "sanctions", "from 0", "times punished so far (an account)"),
        "attended": Variable("", "assemblies", "from 0", "assemblies attended so far (an account)"),
        "expelled": Variable("", "-", "true, false", "expelled from the country (an account)"),
    },
)

ORGANISER: Final = Entity(
    "an organiser",
    attributes(Organiser),
    {
        "number": Variable("int", "number", "0 to organisers - 1", "its place in the town; the same under every law"),
        "leader": Variable("int", "citizen", "a citizen", "who leads it, and comes to what it holds"),
        "stance": Variable("str", "-", "`STANCES`", "where it stands towards the government"),
        "legal_form": Variable("str", "-", "`LEGAL_FORMS`", "what it is before the law"),
        "issue": Variable("int", "issue", "an issue", "what it cares about"),
        "followers": Variable("int32 array", "citizens", "rising, each once", "whom it can call"),
        "rate": Variable("float", "a day", "from 0", "opportunities on ordinary days"),
        "legality": Variable("float", "payoff", "0 to 2 `choices.legality`", "taste for legality"),
        "means": Variable("float", "monthly wages", "above 0", "budget, against which a legal entity's fines weigh"),
        "jailed_until": Variable("int", "day", "-1, or a day", "day of release of its leader"),
        "punished": Variable("int", "day", "to today", "day of its last sanction; -1,000,000 for never"),
        "fines": Variable("float", "currency", "from 0", "fines so far (an account)"),
        "jail_days": Variable("int", "days", "from 0", "days of arrest so far (an account)"),
        "_yield": Variable(
            "2 floats", "log share", "to 0", "log share of its following that it thinks comes, lawful and unlawful (7.4)"
        ),
        "_leave": Variable("2 floats", "answers", "from 0", "own filings allowed and answered, by procedure (7.4)"),
        "_punished": Variable("2 floats", "assemblies", "from 0", "own unlawful assemblies punished, and all (7.4)"),
    },
    frozenset({"world", "_decided", "eve"}),
)

OCCASION: Final = Entity(
    "an occasion",
    fields_of(Occasion),
    {
        "day": Variable("", "day", "a day of the run", "when the opportunity arose"),
        "date": Variable("", "day", "`day` to `day` + 180", "when it would matter most"),
        "form": Variable("", "-", "`FORMS`, but single_picket", "what its organiser would hold of itself"),
        "site": Variable("", "site", "a site", "the ordinary place in mind"),
        "appeal": Variable("", "utility", "any", "appeal to everyone"),
        "foreseen": Variable("", "utility", "any", "what the organiser knows of that"),
        "error": Variable("", "standard normal", "any", "error of its forecasts"),
        "luck": Variable("", "share", "0 to 1", "share of those it could reach whom the call does reach"),
        "reactive": Variable("", "-", "true, false", "whether it answers something that just happened"),
    },
)

PLAN: Final = Entity(
    "a plan",
    fields_of(Plan),
    {
        "strategy": Variable("", "-", "`STRATEGIES`", "how to go about it"),
        "form": Variable("", "-", "`FORMS`", "what"),
        "site": Variable("", "site", "a site", "where"),
        "date": Variable("", "day", "from the day of planning", "when"),
        "declared": Variable("", "persons", "from 1", "size named in a filing, or that would be"),
        "effort": Variable("", "share", "0 to 1", "share of the following that is called"),
        "public": Variable("", "-", "true, false", "whether there is a public call"),
        "files": Variable("", "-", "true, false", "whether what is owed is filed"),
        "row": Variable("", "-", "a row of the law, or none", "what the law says of it"),
        "exempt_kind": Variable("", "-", "indoor, residents, or none", "kind outside the law that it takes"),
        "parts": Variable("", "assemblies", "1 to `choices.most_parts`", "assemblies it is split into"),
    },
)

ASSEMBLY: Final = Entity(
    "an assembly",
    fields_of(Assembly),
    {
        "number": Variable("", "number", "from 0", "order of planning"),
        "organiser": Variable("", "-", "an organiser", "who planned it"),
        "opportunity": Variable("", "day", "a day of the run", "when the opportunity arose; with it goes its occasion"),
        "part": Variable("", "number", "0 to parts - 1", "which part of a split"),
        "plan": Variable("", "-", "a plan", "what is meant now"),
        "forecast": Variable("", "persons", "from 1", "expected when it was planned"),
        "appeal": Variable("", "utility", "any", "of its occasion"),
        "planned": Variable("", "day", "a day of the run", "when it was planned"),
        "called": Variable("", "day", "a day of the run", "day from which people are called"),
        "filing": Variable("", "-", "a filing, or none", "the latest"),
        "allowed": Variable("", "persons", "from 1, or none", "allowed by an answer, an appeal or an offer taken"),
        "relied": Variable("", "-", "true, false", "allowed by silence only"),
        "refused": Variable("", "-", "true, false", "refused"),
        "appealing": Variable("", "-", "true, false", "a suspensive appeal is pending"),
        "appealed": Variable("", "-", "true, false", "the refusal was appealed"),
        "defiant": Variable("", "-", "true, false", "to be held all the same"),
        "waits_to_call": Variable("", "-", "true, false", "nobody is called before leave is had"),
        "offer": Variable("", "site and day", "or none", "offered with the refusal"),
        "fate": Variable("", "-", "`FATES`, or none yet", "what became of it"),
    },
)

FILING: Final = Entity(
    "a filing",
    fields_of(Filing),
    {
        "number": Variable("", "number", "from 0", "order of filing"),
        "assembly": Variable("", "-", "an assembly", "what it is for"),
        "attempt": Variable("", "number", "from 1", "which filing for its assembly"),
        "row": Variable("", "-", "a row of the law", "what it is filed under"),
        "declared": Variable("", "persons", "from 1", "size filed for"),
        "site": Variable("", "site", "a site", "place filed for"),
        "date": Variable("", "day", "a day", "day filed for"),
        "filed": Variable("", "day", "a day of the run", "when it was filed"),
        "due": Variable("", "day", "or none", "day by which the law wants an answer"),
        "in_time": Variable("", "-", "true, false", "kept the law's notice, or the law accepts it late"),
        "complete": Variable("", "-", "true, false", "has everything it must contain"),
        "answer": Variable("", "-", "an answer, overtaken, or none", "what it was closed with"),
        "open": Variable("", "-", "true, false", "awaits an answer"),
        "events": Variable("", "-", "tasks at the desk", "what is still to come of it"),
    },
)
