"""What the columns of the tables mean: the one place where they are named, ordered, typed and explained.

Types are ``int32``, ``Int32`` (whole numbers that may be missing), ``float64``, ``bool`` and ``str``. A word that does not apply
is the empty string; what is joined by ``;`` says so. Days count from 0, the first day of the run; dates are ISO 8601.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.law import EXEMPT_KINDS, GROUNDS, OFFENCES
from sim.record import FATES, STRATEGIES
from sim.words import FORMS, LEGAL_FORMS, SITE_KINDS, STANCES

__all__ = ["COLUMNS", "Column"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: at most 32 characters, so that Stata takes it. type: see the module.
        unit: of its values; empty for words, truth values and numbers that only name things.
        meaning: in a sentence. levels: the words it may hold, if they are a closed list.
    """

    name: str
    type: str
    unit: str
    meaning: str
    levels: tuple[str, ...] = ()


_PROCEDURES: Final = ("exempt", "notification", "permit", "banned", "none")
_ANSWERS: Final = ("allowed", "size_cut", "refused", "silence_allowed", "silence_refused", "silence_ambiguous")
_CHANGES: Final = ("accept_offer", "file_again", "hold_all_the_same", "single_picket", "exempt_kind", "new_law")
_REASONS: Final = ("refused", "no_answer", "forecast", "organiser_jailed", "nobody_came", "phantom", "organiser_detained")
_ENDINGS: Final = ("unlawful", "passed_limit", "misconduct", "minors")
_STEPS: Final = ("filed", "answered", "appealed", "appeal_decided")
_EVENTS: Final = ("Peaceful protest", "Protest with intervention")
_SIZES: Final = ("1-9", "10-99", "100-999", "1000-9999", "10000+")


def _number(name: str, meaning: str, unit: str = "", *, missing: bool = False) -> Column:
    return Column(name, "Int32" if missing else "int32", unit, meaning)


def _amount(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "float64", unit, meaning)


def _truth(name: str, meaning: str) -> Column:
    return Column(name, "bool", "", meaning)


def _word(name: str, meaning: str, levels: tuple[str, ...] = (), *, empty: bool = False) -> Column:
    return Column(name, "str", "", meaning, ("", *levels) if empty else levels)


def _moment(name: str, meaning: str, *, missing: bool = False) -> tuple[Column, Column]:
    """A day as its number and as its date."""
    stem = name.removesuffix("day")
    return _number(name, meaning, "day of the run", missing=missing), _word(f"{stem}date", f"{meaning}: its date")


COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "assemblies": (
        _number("assembly", "Number of the assembly, in the order of planning"),
        _number("organiser", "Number of its organiser"),
        _number("opportunity_day", "Day on which the opportunity behind it arose", "day of the run"),
        _number("part", "Which part of a split it is; 0 if there is one part only"),
        _word("stance", "Where its organiser stands towards the government", STANCES),
        _word("legal_form", "What its organiser is before the law", LEGAL_FORMS),
        _word("issue", "What it is about"),
        _word("strategy", "How its organiser first chose to go about it", STRATEGIES[1:]),
        _word("form", "Form of assembly, by the final plan", FORMS),
        _word(
            "exempt_kind", "Kind of gathering outside the law that it takes, by the final plan", tuple(EXEMPT_KINDS), empty=True
        ),
        _word("procedure", "What it owes, by the final plan; none if the law has no procedure for it", _PROCEDURES),
        _word("site", "Where it is to be, by the final plan"),
        _word("site_kind", "Kind of that place", SITE_KINDS),
        _word("district", "District in which that place lies"),
        *_moment("planned_day", "Day on which it was planned"),
        *_moment("day", "Day for which it is planned, by the final plan; the day on which it was held, if it was"),
        *_moment("filed_day", "Day of the first filing", missing=True),
        *_moment("answered_day", "Day of the last answer", missing=True),
        _number("notice", "Notice given by the first filing", "calendar days", missing=True),
        _number("attempts", "Filings made for it", "filings"),
        _truth("owed_filing", "Whether the law wanted a filing for it as it was first planned"),
        _truth("filed_in_time", "Whether its first filing kept the notice of the law; false without a filing"),
        _number("threshold", "Size at which the procedure changed, in the law of the day of planning", "persons", missing=True),
        _number("declared_first", "Size declared by the first plan, or that would be", "persons"),
        _number("declared", "Size declared by the final plan, or that would be", "persons"),
        _amount("forecast", "Size its organiser expected when planning it", "persons"),
        _word("answer", "Last answer to a filing for it", _ANSWERS, empty=True),
        _word("ground", "Ground of that answer, if it is a refusal; none if a refusal gave none", (*GROUNDS, "none"), empty=True),
        _truth("pretext", "Whether that ground was made up, or no ground of the law was given"),
        _number(
            "allowed",
            "Size for which leave is had in the end: by an answer, an offer taken, or an appeal",
            "persons",
            missing=True,
        ),
        _truth("offered", "Whether another place or day was ever offered with a refusal"),
        _truth("appealed", "Whether a refusal was ever appealed"),
        _truth("appeal_reversed", "Whether an appeal ever reversed a refusal, in time or not"),
        _truth("appeal_in_time", "Whether an appeal was ever decided in time for the assembly"),
        _word("last_change", "Last change of plan, after an answer or by a reform", _CHANGES, empty=True),
        _word("fate", "What became of it", FATES),
        _word("fate_reason", "Why it was called off or prevented", _REASONS, empty=True),
        _number("turnout", "Persons who came, children included", "persons"),
        _number("adults", "Adults who came", "persons"),
        _number("minors", "Children who came", "persons"),
        _number("reached", "Adults who heard of it", "persons"),
        _truth("lawful_at_start", "Whether nothing required was missing when it began; false unless held"),
        _truth(
            "lawful_throughout", "Whether it was lawful at start, never over a limit that is not tolerated, and not terminated"
        ),
        _word("breached", "Offences there were in the end, joined by ;", tuple(OFFENCES), empty=True),
        _word(
            "limits_passed",
            "Limits the crowd passed, tolerated or not, joined by ;",
            ("declared", "threshold", "capacity"),
            empty=True,
        ),
        _truth("over_limit", "Whether it passed a limit that is not tolerated"),
        _number("officers", "Police deployed", "officers"),
        _truth("terminated", "Whether the police ordered it to end"),
        _word("termination_reason", "Why", _ENDINGS, empty=True),
        _truth("dispersed", "Whether the police dispersed it by force"),
        _number("arrests", "Adults detained at it", "persons"),
        _number("punished", "Participants punished for it", "persons"),
        _number("punished_detained", "Those of them who had been detained at it", "persons"),
        _number("expelled", "Foreigners expelled for it", "persons"),
        _amount("fines", "Fines of its participants", "currency"),
        _amount("fines_wages", "Fines of its participants, each in monthly incomes of the person", "monthly incomes"),
        _number("jail_days", "Arrest its participants were sentenced to", "days"),
        _number("organiser_sanctions", "Sanctions of its organiser for it", "sanctions"),
        _amount("organiser_fine", "Fines of its organiser for it", "currency"),
        _number("organiser_jail_days", "Arrest its organiser was sentenced to for it", "days"),
        _truth(
            "against_text", "Whether it was held lawfully by the text of the law, and ended as unlawful or punished all the same"
        ),
        _truth("covered", "Whether any medium reported it"),
        _number("outlets", "Media that reported it", "media"),
        _number("reported_size", "Size as reported", "persons", missing=True),
    ),
    "days": (
        *_moment("day", "The day"),
        _number("weekday", "Day of the week, 1 for Monday to 7 for Sunday (ISO 8601)"),
        _truth("working", "Whether people work: no weekend, no public holiday"),
        _number("law", "Law in force: 0 for the law of the first day, else which reform, from 1"),
        _truth("law_changed", "Whether a reform entered into force"),
        _truth("emergency", "Whether a state of emergency is in force"),
        _number("shocks", "Events that raised concern", "events"),
        _amount("shock_size", "Rise of concern by them", "utility"),
        _number("opportunities", "Occasions on which an organiser could act", "occasions"),
        _number("waited", "Those of them that were let pass", "occasions"),
        _number("planned", "Assemblies planned", "assemblies"),
        _number("filings", "Filings made", "filings"),
        _number("answers", "Filings answered, or passed over in silence", "filings"),
        _number("refusals", "Those of them refused in so many words", "filings"),
        _number("appeals", "Appeals made", "appeals"),
        _number("phantom_bookings", "Slots booked by the authority for events of its own that never take place", "slots"),
        _number("called_off", "Assemblies called off", "assemblies"),
        _number("prevented", "Assemblies prevented", "assemblies"),
        _number("held", "Assemblies held", "assemblies"),
        _number("attendance", "Persons who came to them, children included", "persons"),
        _number("officers", "Police deployed at them", "officers"),
        _number("terminated", "Those of them that the police ordered to end", "assemblies"),
        _number("dispersed", "Those of them that the police dispersed by force", "assemblies"),
        _number("arrests", "Adults detained at them", "persons"),
        _number("punished", "Participants punished", "persons"),
        _amount("fines", "Fines of participants", "currency"),
        _number("jail_days", "Arrest participants were sentenced to", "days"),
        _amount("organiser_fines", "Fines of organisers", "currency"),
        _number("organiser_jail_days", "Arrest organisers were sentenced to", "days"),
        _number("covered", "Assemblies reported by any medium", "assemblies"),
        _number("media_closed", "Media closed for covering an unlawful assembly", "media"),
    ),
    "filings": (
        _number("filing", "Number of the filing, in the order of filing"),
        _number("assembly", "Assembly for which it was made"),
        _number("step_number", "Which step of this filing it is, from 1"),
        _word("step", "The step", _STEPS),
        *_moment("day", "Day of the step"),
        _number("attempt", "Which filing for its assembly it is, from 1"),
        _word("stance", "Where the organiser stands towards the government", STANCES),
        _truth("phantom", "Whether the organiser filed for the slot only"),
        _word("procedure", "What was filed under", ("notification", "permit")),
        _number("declared", "Size filed for", "persons"),
        _word("site", "Place filed for"),
        *_moment("for_day", "Day filed for"),
        _number("notice", "Notice given", "calendar days"),
        _truth("in_time", "Whether it kept the notice of the law"),
        _truth("complete", "Whether it contained all it must"),
        _number("due_day", "Day by which the law wants an answer", "day of the run", missing=True),
        _word("answer", "The answer; on the step answered", _ANSWERS, empty=True),
        _word("ground", "Its ground, if it is a refusal; none if a refusal gave none", (*GROUNDS, "none"), empty=True),
        _truth("pretext", "Whether that ground was made up, or no ground of the law was given"),
        _number("allowed", "Size allowed by it", "persons", missing=True),
        _word("offered_site", "Another place offered with it"),
        _number("offered_day", "Day offered with it", "day of the run", missing=True),
        _word("appeal_to", "Who is to decide; on the step appealed", ("court", "superior body"), empty=True),
        _number("appeal_due_day", "Day of the decision; on the step appealed", "day of the run", missing=True),
        _truth("reversed", "Whether the refusal was reversed; on the step appeal_decided"),
        _truth("decided_in_time", "Whether that came in time for the assembly; on the step appeal_decided"),
    ),
    "citizens": (
        _word(
            "group", "How the adults of the town are divided in this row", ("everyone", "income_quintile", "district", "status")
        ),
        _word("level", "Which part: all; 1 (poorest) to 5; a district; citizen or foreigner"),
        _number("people", "Adults", "persons"),
        _number("participants", "Adults who came to any assembly", "persons"),
        _number("attendances", "Times adults came to an assembly", "attendances"),
        _number("arrests", "Times they were detained", "arrests"),
        _number("sanctions", "Times they were punished as participants", "sanctions"),
        _amount("fines", "Their fines as participants", "currency"),
        _amount("fines_wages", "These fines, each in monthly incomes of the person", "monthly incomes"),
        _number("jail_days", "Arrest they were sentenced to as participants", "days"),
        _number("expelled", "Those of them who were expelled", "persons"),
    ),
    "observed": (
        _word("event_id", "Country and number of the event, by date"),
        _word("event_date", "Date of the event"),
        _number("year", "Its year"),
        _word("event_type", "What an event catalogue calls it, in the words of ACLED", _EVENTS),
        _word("actor", "Who protested, as a reporter would say"),
        _word("country", "ISO 3166 code of the country"),
        _word("admin", "The town"),
        _word("location", "The place in town"),
        _word("issue", "What it was about"),
        _number("size_reported", "Size as reported", "persons"),
        _word("size_category", "Its order of magnitude", _SIZES),
        _word("state_response", "The strongest thing the police did", ("none", "arrests", "dispersal")),
        _number("sources", "Media that reported it", "media"),
        _number("true_assembly", "Number of the assembly it is, in the table assemblies"),
    ),
}
"""The columns of every table, in order."""
