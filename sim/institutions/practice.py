"""How officials really behave, and who organises: the part of a scenario that is neither law nor people.

Two towns under one law differ in these tables only (and in incomes and events). Every value has a unit and a source or says
``assumption``.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator, model_validator

from sim.texts import ASSUMPTION, Sourced, Text, parameter, refuse
from sim.words import LEGAL_FORMS, STANCES

__all__ = [
    "AuthorityPractice",
    "ByForm",
    "ByLegalForm",
    "ByStance",
    "CourtPractice",
    "OrganiserPopulation",
    "PolicePractice",
    "PressPractice",
]


def _shares(unit: str = "share", source: str = ASSUMPTION, most: float = 1.0) -> dict[str, Any]:
    """What is said of each number of a small table."""
    return {"unit": unit, "source": source, "range": [0.0, most]}


class ByStance(Text):
    """One share for each stance of an organiser towards the government."""

    loyal: float = Field(ge=0, le=1)
    social: float = Field(ge=0, le=1)
    opposition: float = Field(ge=0, le=1)

    def __getitem__(self, stance: str) -> float:
        return float(getattr(self, stance))


def _sum_to_one(table: ByStance | ByLegalForm, words: tuple[str, ...]) -> None:
    total = sum(float(getattr(table, word)) for word in words)
    if abs(total - 1.0) > 1e-9:
        raise refuse(f"shares that sum to {total:g}", "shares that sum to 1")


class ByLegalForm(Text):
    """One share for each legal form of an organiser."""

    informal: float = Field(ge=0, le=1)
    association: float = Field(ge=0, le=1)
    party: float = Field(ge=0, le=1)
    suspended_party: float = Field(ge=0, le=1)
    foreign_funded: float = Field(ge=0, le=1)


class ByForm(Text):
    """One number for each form of assembly."""

    single_picket: float = Field(ge=0, le=5)
    picket: float = Field(ge=0, le=5)
    meeting: float = Field(ge=0, le=5)
    rally: float = Field(ge=0, le=5)
    demonstration: float = Field(ge=0, le=5)
    march: float = Field(ge=0, le=5)

    def __getitem__(self, form: str) -> float:
        return float(getattr(self, form))


class OrganiserPopulation(Sourced):
    """Who organises: how many, of which stance and legal form, with how large a following, and how often they have a reason."""

    per_100k: float = parameter(4.0, "organisers in the town", "per 100,000 adults", "assumption", 0.01, 500.0)
    opportunities: float = parameter(4.0, "opportunities of an organiser on ordinary days", "a year", "assumption", 0.0, 365.0)
    activity_log_sd: float = parameter(0.6, "spread of that among organisers", "log", "assumption", 0.0, 2.0)
    shock_rise: float = parameter(
        20.0, "rise of opportunities with a shock to the issue", "per utility", "assumption", 0.0, 200.0
    )
    incidents: float = parameter(
        6.0,
        "small events that raise concern with an issue, beside the shocks that are named",
        "a year, for each issue",
        "assumption",
        0.0,
        52.0,
    )
    incident_size: float = parameter(
        0.12,
        "greatest rise of concern by one of them; the sizes are even from 0 up to it",
        "utility",
        "assumption; centre of the posterior (results/calibration)",
        0.0,
        0.3,
    )
    following_least: float = parameter(120.0, "smallest following", "persons", "assumption", 1.0, 10000.0)
    following_exponent: float = parameter(
        1.1, "Pareto exponent of followings", "exponent", "attendance has Hill exponent 2.05 (density), so 1.05 here", 0.6, 3.0
    )
    following_most: float = parameter(0.01, "largest following", "share of the adults", "assumption", 0.0001, 1.0)
    yield_lawful: float = parameter(
        0.055, "share of a following believed at first to come to a lawful assembly", "share", "assumption", 0.001, 1.0
    )
    yield_unlawful: float = parameter(0.02, "the same for an unlawful one", "share", "assumption", 0.001, 1.0)
    means: float = parameter(
        5.0, "budget of a legal entity, which its fines weigh against", "monthly wages", "assumption", 0.5, 1000.0
    )
    means_log_sd: float = parameter(1.0, "spread of budgets", "log", "assumption", 0.0, 3.0)
    stance: ByStance = Field(
        ByStance(loyal=0.2, social=0.5, opposition=0.3),
        description="share of stances; they sum to 1",
        json_schema_extra=_shares(),
    )
    legal_form: ByLegalForm = Field(
        ByLegalForm(informal=0.6, association=0.25, party=0.07, suspended_party=0.05, foreign_funded=0.03),
        description="share of legal forms; they sum to 1",
        json_schema_extra=_shares(),
    )

    @field_validator("stance")
    @classmethod
    def _stances(cls, table: ByStance) -> ByStance:
        _sum_to_one(table, STANCES)
        return table

    @field_validator("legal_form")
    @classmethod
    def _legal_forms(cls, table: ByLegalForm) -> ByLegalForm:
        _sum_to_one(table, LEGAL_FORMS)
        return table


class AuthorityPractice(Sourced):
    """How the authority treats filings."""

    wish_to_refuse: ByStance = Field(
        ByStance(loyal=0.05, social=0.7, opposition=0.97),
        description="chance that a filing of average size is unwanted",
        json_schema_extra=_shares(),
    )
    discretion_permit: float = parameter(1.0, "share of wishes acted on where a permit is owed", "share", "assumption", 0.0, 1.0)
    discretion_notification: float = parameter(
        0.8, "share of wishes acted on where notice is owed", "share", "assumption", 0.0, 1.0
    )
    size_weight: float = parameter(0.15, "rise of the wish with log size", "per log(1 + persons / 250)", "assumption", 0.0, 2.0)
    symbolic_weight: float = parameter(0.3, "rise of the wish at a symbolic place", "share", "assumption", 0.0, 3.0)
    formalism: float = parameter(
        0.3, "chance that a formal defect is held against a filing that is not unwanted", "share", "assumption", 0.0, 1.0
    )
    defects: float = parameter(
        0.02, "chance that a filing lacks one of the items it must contain", "share", "assumption", 0.0, 0.5
    )
    silence: ByStance = Field(
        ByStance(loyal=0.02, social=0.1, opposition=0.1),
        description="chance that a filing is left unanswered",
        json_schema_extra=_shares(),
    )
    honours_silence: float = parameter(
        0.5, "chance that those who relied on silence are left alone", "share", "assumption; April 2022: they were not", 0.0, 1.0
    )
    phantom: float = parameter(
        0.3,
        "chance that an unwanted filing finds its slot booked for an event that never is",
        "share",
        "assumption; Astana",
        0.0,
        1.0,
    )
    lawless: float = parameter(
        0.3, "chance that an unwanted filing is refused though no ground fits", "share", "assumption", 0.0, 1.0
    )
    offers: float = parameter(
        0.2, "chance that a refusal offers another place though the law does not ask it", "share", "assumption", 0.0, 1.0
    )
    cuts: float = parameter(
        0.1, "chance that an unwanted filing is allowed for fewer people, where the law lets it", "share", "assumption", 0.0, 1.0
    )
    cut_least: float = parameter(
        0.1, "least share of the declared size that a cut leaves", "share", "Saratov 2017: 1,000 cut to 100 (F92)", 0.01, 0.9
    )
    cut_most: float = parameter(0.5, "greatest share that a cut leaves", "share", "assumption", 0.01, 0.9)
    haste: float = parameter(
        0.5,
        "shape of the time to the answer, as a share of the time there is: beta(haste, haste)",
        "shape",
        "Dresden: U-shaped, mean 0.52",
        0.1,
        5.0,
    )


class CourtPractice(Sourced):
    """How the court treats appeals and detained persons."""

    reversal: float = parameter(
        0.03, "chance that a refusal is reversed on appeal", "share", "assumption; Berlin 2021: 3 of 62", 0.0, 1.0
    )
    bans: float = parameter(
        0.5, "chance that a court prohibits when only it may", "share", "assumption; Ukraine 2012: 88 %", 0.0, 1.0
    )
    punished: float = parameter(
        0.24, "chance that a detained person is punished", "share", "Kazakhstan 2019-20: 1,007 of 4,153", 0.0, 1.0
    )
    jail_share: float = parameter(
        0.65,
        "share of the punished who are jailed, where the law allows it",
        "share",
        "Kazakhstan June 2019: 0.69; September 0.60",
        0.0,
        1.0,
    )
    severity: float = parameter(0.7, "mean place of a sanction between least and most", "share", "assumption", 0.0, 1.0)
    warnings: float = parameter(
        0.1, "share of first offences that end with a warning, where the law allows it", "share", "assumption", 0.0, 1.0
    )
    organisers_liable: float = parameter(
        0.5, "chance that the organiser of an unlawful assembly is held liable", "share", "assumption", 0.0, 1.0
    )
    identified: float = parameter(
        0.01, "chance that a participant who was not detained is punished later", "share", "assumption", 0.0, 1.0
    )


class PolicePractice(Sourced):
    """How many police there are and what they do."""

    per_100k: float = parameter(490.0, "police in the town", "per 100,000 adults", "Kazakhstan 2018: about 490", 10.0, 2000.0)
    available: float = parameter(0.4, "share of them that can be sent to assemblies on a day", "share", "assumption", 0.01, 1.0)
    presence_lawful: float = parameter(
        1.0, "officers sent to a lawful assembly of one person", "officers", "assumption", 0.0, 50.0
    )
    presence_unlawful: float = parameter(
        5.0,
        "officers sent to an unlawful one",
        "officers",
        "assumption; Almaty 2019: 3.3 officers a person, at crowds smaller than foreseen",
        0.0,
        50.0,
    )
    presence_growth: float = parameter(
        0.7, "growth of officers with expected persons", "exponent", "officers per head fall with size", 0.1, 1.0
    )
    style: float = parameter(0.5, "from facilitation (0) to zero tolerance (1)", "share", "assumption", 0.0, 1.0)
    knows: float = parameter(
        0.5, "chance that the police know of an unannounced assembly beforehand", "share", "assumption", 0.0, 1.0
    )
    prevents: float = parameter(
        0.05, "chance that the organiser of a known unlawful assembly is detained before it", "share", "assumption", 0.0, 1.0
    )
    threat: ByForm = Field(
        ByForm(single_picket=0.5, picket=0.8, meeting=0.8, rally=1.0, demonstration=1.2, march=1.4),
        description="how threatening a form looks, a rally being 1",
        json_schema_extra=_shares("factor", f"{ASSUMPTION}: arrests depend on form more than on size", 2.0),
    )
    patrol: float = parameter(
        0.25, "officers sent to what nobody foresaw, of those sent to what was", "share", "assumption", 0.0, 1.0
    )
    force_arrests: float = parameter(2.0, "rise of arrests by force, at zero tolerance", "factor", "assumption", 0.0, 10.0)
    staying: float = parameter(
        0.5, "share of crowds that stay when zero tolerance bids them leave", "share", "assumption", 0.0, 1.0
    )
    one_arrests: float = parameter(2.0, "people one officer can arrest on a day", "persons", "assumption", 0.2, 10.0)
    misconduct_growth: float = parameter(0.3, "growth of misconduct with turnout", "exponent", "assumption", 0.0, 1.0)
    misconduct: float = parameter(
        0.015,
        "chance of misconduct by a few at an assembly of 50",
        "share",
        "assumption; US: 3.7 % of events have arrests",
        0.0,
        1.0,
    )
    arrests: float = parameter(
        1.7,
        "median arrests at an assembly of one person, where there are any",
        "persons",
        "US: median 5 at events with any",
        0.1,
        50.0,
    )
    arrests_growth: float = parameter(0.27, "growth of arrests with turnout", "exponent", "US: elasticity 0.27", 0.0, 1.0)
    arrests_log_sd: float = parameter(1.25, "spread of arrests", "log", "US: tail exponent 2.4", 0.0, 3.0)
    believed: float = parameter(
        0.5, "share of unlawful assemblies believed at first to be punished", "share", "assumption", 0.0, 1.0
    )


class PressPractice(Sourced):
    """What becomes known."""

    freedom: float = parameter(0.3, "from none (0) to full (1) freedom of the press", "share", "assumption", 0.0, 1.0)
    outlets: int = Field(
        8,
        ge=0,
        le=200,
        description="Media in the town.",
        json_schema_extra={"unit": "media", "source": "assumption", "range": [1, 30]},
    )
    independent: float = parameter(0.4, "share of media that are independent of the government", "share", "assumption", 0.0, 1.0)
    half_size: float = parameter(
        60.0, "turnout at which an outlet covers half of assemblies", "persons", "assumption", 1.0, 10000.0
    )
    arrests_news: float = parameter(2.0, "how much more news an assembly with arrests is", "factor", "assumption", 1.0, 20.0)
    report_error: float = parameter(0.4, "error of a reported size", "log", "US: high over low counts, median 1.6", 0.0, 2.0)
    caution: float = parameter(
        0.7, "share of coverage of unlawful assemblies given up where it can close a medium", "share", "assumption", 0.0, 1.0
    )
    closes: float = parameter(0.05, "chance that such coverage closes the medium", "share", "assumption", 0.0, 1.0)

    @model_validator(mode="after")
    def _some_news(self) -> PressPractice:
        if self.outlets == 0 and self.freedom > 0:
            raise refuse("no media, though the press is free", "at least 1 outlet, or freedom = 0", key="outlets")
        return self
