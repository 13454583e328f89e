"""How people decide: the parameters of behaviour, one core for every town.

Every value has a unit and a source or says ``assumption``, with a range to sweep. Where the range reaches through zero the
sign itself is contested.
"""

from __future__ import annotations

from sim.texts import Sourced, parameter

__all__ = ["Behaviour", "OrganiserBehaviour"]


class Behaviour(Sourced):
    """How citizens decide whether to come (design, 4.2). Utilities are in units of reluctance (theta)."""

    sigma: float = parameter(
        0.22,
        "pull of ties who are going",
        "utility",
        "assumption; centre of the posterior (results/calibration); Cantoni et al. 2019 find substitutes among the committed",
        -0.5,
        1.5,
    )
    kappa: float = parameter(2.0, "ties going at which half of that pull is felt", "persons", "assumption", 0.5, 10.0)
    noise: float = parameter(0.1, "scale of the logistic noise of one person at one assembly", "utility", "assumption", 0.01, 0.5)
    asked: float = parameter(
        0.32,
        "pull of being asked in person",
        "utility",
        "assumption; centre of the posterior (results/calibration); Schussman and Soule 2005: being asked matters most",
        0.0,
        1.0,
    )
    hears: float = parameter(0.1, "chance that a tie who goes tells one of it", "share", "assumption", 0.0, 1.0)
    travel: float = parameter(0.02, "cost of the way", "utility per km", "assumption; distance decay is weakly known", 0.0, 0.1)
    deference: float = parameter(
        0.29,
        "what an unlawful assembly costs one who defers to the law fully",
        "utility",
        "assumption; centre of the posterior (results/calibration); law.md suggests 0.5-0.8 of the joining",
        0.0,
        1.0,
    )
    expulsion_weight: float = parameter(6.0, "what expulsion from the country weighs", "monthly wages", "assumption", 1.0, 36.0)
    workday: float = parameter(
        0.05,
        "cost of coming on a working day",
        "utility",
        "assumption; centre of the posterior (results/calibration); Saturday share of events 0.26 in Berlin",
        0.0,
        0.5,
    )
    jail_weight: float = parameter(
        2.0, "what a month of arrest weighs beside a month's wage", "monthly wages", "assumption; lost pay is 1 of it", 1.0, 10.0
    )
    stigma: float = parameter(0.1, "what being punished weighs beside its price", "monthly wages", "assumption", 0.0, 1.0)
    risk: float = parameter(
        0.4,
        "growth of the perceived chance of sanction with officers per person",
        "per officer per person",
        "assumption",
        0.05,
        3.0,
    )
    followers_met: float = parameter(
        3, "people an organiser meets for each who follows: the most concerned of them does", "persons", "assumption", 1, 10
    )
    followers_local: float = parameter(
        0.5, "share of a following that lives in the organiser's district", "share", "assumption", 0.0, 1.0
    )
    shock_fast: float = parameter(10.0, "half-life of the fast response to a shock", "days", "assumption; 1-2 weeks", 2.0, 30.0)
    shock_slow: float = parameter(90.0, "half-life of the slow response to a shock", "days", "assumption; months", 30.0, 365.0)
    shock_slow_share: float = parameter(0.25, "share of a shock that fades slowly", "share", "assumption", 0.0, 1.0)
    fear_half_life: float = parameter(30.0, "half-life of fear", "days", "assumption", 3.0, 365.0)
    anger_half_life: float = parameter(
        14.0, "half-life of anger", "days", "assumption; no estimate found, sweep 1-14 and beyond", 1.0, 90.0
    )
    debt_half_life: float = parameter(120.0, "time in which half of a fine is paid off", "days", "assumption", 10.0, 720.0)
    fear_arrested: float = parameter(
        0.3, "fear of one who was arrested", "utility", "assumption; Young 2019: fear cuts dissent strongly", 0.0, 1.0
    )
    fear_tie: float = parameter(0.05, "fear of a tie of one who was arrested", "utility", "assumption", 0.0, 0.5)
    anger_tie: float = parameter(
        0.05, "anger of a tie of one who was arrested", "utility", "assumption; arrests average null to backlash", 0.0, 0.5
    )
    anger_force: float = parameter(0.1, "anger of those dispersed by force", "utility", "assumption; Aytac et al. 2018", 0.0, 0.5)
    news_fear: float = parameter(0.02, "fear in a full-time reader of one report of arrests", "utility", "assumption", 0.0, 0.2)
    news_anger: float = parameter(0.02, "anger in a full-time reader of one report of force", "utility", "assumption", 0.0, 0.2)
    news_concern: float = parameter(
        0.002, "concern in a full-time reader of one report on the issue", "utility", "assumption", 0.0, 0.05
    )
    news_half_life: float = parameter(7.0, "half-life of what the news left behind", "days", "assumption", 1.0, 30.0)
    legitimacy_step: float = parameter(
        0.02,
        "change of the law's standing by a report: down if what began lawfully is ended, up if the opposition had leave",
        "share",
        "assumption; Tertytchnaya 2023, Frye and Borisova 2019 give the signs",
        0.0,
        0.2,
    )
    legitimacy_half_life: float = parameter(180.0, "half-life of such changes", "days", "assumption", 30.0, 720.0)
    learning: float = parameter(
        0.1, "weight of one report in what people believe of the chance of sanction", "share", "assumption", 0.0, 1.0
    )
    call_reach: float = parameter(
        0.0004,
        "share of the town that one public call reaches through the media, on an ordinary day",
        "share",
        "assumption",
        0.0,
        0.01,
    )
    call_shock: float = parameter(
        10.0, "growth of that share with the shock to the issue", "per utility", "assumption", 0.0, 50.0
    )


class OrganiserBehaviour(Sourced):
    """How organisers decide what to do (design, 4.3). Payoffs are in log-persons: one unit is e times the people."""

    temperature: float = parameter(
        0.5, "scale of the noise in whether to act, and in what to do after a refusal", "payoff", "assumption", 0.05, 5.0
    )
    temperature_within: float = parameter(
        0.2,
        "scale of the noise in how to act; below that in whether to, since ways of acting are alike",
        "payoff",
        "assumption",
        0.01,
        5.0,
    )
    effort_cost: float = parameter(
        2.1, "cost of holding anything", "payoff", "assumption; centre of the posterior (results/calibration)", 0.0, 5.0
    )
    filing_cost: float = parameter(
        0.1,
        "cost of each item a filing must contain",
        "payoff",
        "assumption",
        0.0,
        1.0,
    )
    legality: float = parameter(
        0.92,
        "mean taste for legality (uniform from 0 to twice this)",
        "payoff",
        "assumption; centre of the posterior (results/calibration)",
        0.0,
        3.0,
    )
    sanction_weight: float = parameter(
        1.0,
        "what a month's wage of expected sanction weighs",
        "payoff",
        "assumption",
        0.0,
        5.0,
    )
    urgency_half_life: float = parameter(
        10.0,
        "days after the occasion in which half of the point is lost",
        "days",
        "assumption",
        1.0,
        60.0,
    )
    occasion_median: float = parameter(
        14.5,
        "median time from the opportunity to the occasion",
        "days",
        "assumption; centre of the posterior (results/calibration); Berlin filings 2018-24: median notice 12 days",
        1.0,
        40.0,
    )
    occasion_log_sd: float = parameter(
        1.3, "spread of that time", "log", "assumption; Berlin filings 2018-24: ln(notice + 1) has sd 1.15", 0.1, 2.0
    )
    prompted_median: float = parameter(
        3.9,
        "the same if something that just happened gave the opportunity: a shock, or another's assembly",
        "days",
        "assumption; centre of the posterior (results/calibration)",
        0.5,
        12.0,
    )
    echo: float = parameter(
        0.64,
        "opportunities that an assembly of which all organisers of its issue hear sets off among them",
        "opportunities",
        "assumption; centre of the posterior (results/calibration)",
        0.0,
        1.5,
    )
    echo_half_life: float = parameter(
        2.5,
        "time in which half of those have arisen",
        "days",
        "assumption; centre of the posterior (results/calibration)",
        0.5,
        14.0,
    )
    word_of_mouth: float = parameter(
        0.3,
        "share of the organisers of an issue who hear of an assembly without the media",
        "share",
        "assumption",
        0.0,
        1.0,
    )
    mobilising: float = parameter(1.5, "days in which half of the following is reached", "days", "assumption", 0.1, 10.0)
    forecast_error: float = parameter(0.35, "error of a forecast of turnout", "log", "assumption", 0.0, 1.5)
    forecast_late: float = parameter(0.15, "error left on the eve", "log", "assumption", 0.0, 1.5)
    optimism: float = parameter(
        0.18,
        "how far first forecasts lie above what comes",
        "log",
        "assumption; centre of the posterior (results/calibration); Berlin: attended / declared has median 0.70 (ln 1/0.7)",
        -0.5,
        1.0,
    )
    luck: float = parameter(
        1.0,
        "how uneven calls spread: of those it could reach, a call reaches a uniform share to this power",
        "exponent",
        "assumption; centre of the posterior (results/calibration); in Berlin many fall far short of what they declared",
        0.0,
        2.0,
    )
    appeal_sd: float = parameter(
        0.1,
        "spread of how much an occasion appeals to everyone",
        "utility",
        "assumption; centre of the posterior (results/calibration)",
        0.0,
        0.5,
    )
    appeal_known: float = parameter(
        0.7,
        "share of an occasion's appeal that its organiser foresees",
        "share",
        "assumption",
        0.0,
        1.0,
    )
    visible_symbolic: float = parameter(
        1.0, "worth of a symbolic place, as a share", "share", "reference: all other places", 0.5, 2.0
    )
    visible_ordinary: float = parameter(0.85, "worth of another open place of the city", "share", "assumption", 0.1, 1.0)
    visible_remote: float = parameter(0.5, "worth of a place on the outskirts", "share", "assumption", 0.05, 1.0)
    visible_exempt: float = parameter(
        0.35, "worth of a gathering outside the law (indoors, as residents)", "share", "assumption", 0.0, 1.0
    )
    forecast_gain: float = parameter(
        6.0, "how strongly turnout is thought to answer to concern", "log persons per utility", "assumption", 0.0, 15.0
    )
    alone_effort: float = parameter(
        0.45, "effort of standing alone, of that of holding anything else", "share", "assumption", 0.0, 1.0
    )
    moving: float = parameter(
        0.25, "share of occasions on which one would rather move than stand", "share", "assumption", 0.0, 0.6
    )
    marching: float = parameter(0.6, "share of those that would march rather than demonstrate", "share", "assumption", 0.0, 1.0)
    most_parts: float = parameter(4, "assemblies one is split into at most", "assemblies", "assumption", 1, 10)
    most_attempts: float = parameter(3, "filings made for one assembly at most", "filings", "assumption", 1, 10)
    room_indoors: float = parameter(150, "adults a hall or a courtyard holds", "persons", "assumption", 30, 500)
    small_room: float = parameter(
        0.75, "persons expected by one who keeps under a limit, of those the limit allows", "share", "assumption", 0.1, 1.0
    )
    small_share: float = parameter(
        0.25, "share of the following that is called to keep it small", "share", "assumption", 0.02, 1.0
    )
    quiet_share: float = parameter(0.5, "share of the following reached without a public call", "share", "assumption", 0.05, 1.0)
    splitting_cost: float = parameter(0.4, "cost of each further part of a split", "payoff", "assumption", 0.0, 3.0)
    rivalry: float = parameter(
        0.6, "worth of keeping a rival from a place, times the chance that one would come", "payoff", "assumption", 0.0, 5.0
    )
    prior_strength: float = parameter(4.0, "observations that first beliefs are worth", "observations", "assumption", 0.5, 50.0)
    learning_others: float = parameter(0.2, "weight of another's experience beside one's own", "share", "assumption", 0.0, 1.0)
    learning_turnout: float = parameter(0.2, "weight of the last turnout in the next forecast", "share", "assumption", 0.0, 1.0)
    appeal_cost: float = parameter(0.5, "cost of an appeal against a refusal", "payoff", "assumption", 0.0, 3.0)
    giving_up_cost: float = parameter(
        0.87,
        "cost of calling off what was announced",
        "payoff",
        "assumption; centre of the posterior (results/calibration)",
        0.0,
        3.0,
    )
