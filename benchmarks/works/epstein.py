"""A classic of the field, under the same rules: Mesa's bundled example against the engine's own."""

from __future__ import annotations

import warnings

from benchmarks.work import Budget, Found, Shot, Skipped, timed, work

ORDER = 2

_CELLS, _DENSITY, _COPS, _VISION, _LEGITIMACY, _JAIL, _K, _THRESHOLD = 40, 0.7, 0.04, 7, 0.82, 30, 2.3, 0.1


@work(
    "epstein",
    "Epstein 2002, Mesa's rules, 40 x 40: agent-steps a second against Mesa's own",
    [Budget("times as fast as Mesa", "times", 100.0, least=True)],
    repeats=5,
)
def epstein(shot: Shot) -> Found:
    """Everybody once a step, those in jail too; the first step, in which Mesa builds its neighbourhoods, is left out of both."""
    try:
        from sim.classics.epstein_model import VARIANTS, CivilViolence, Settings
    except ImportError:
        raise Skipped("this tree has no Epstein model") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Mesa warns of its own example
        from mesa.examples.advanced.epstein_civil_violence.model import EpsteinCivilViolence, EpsteinScenario

        about = EpsteinScenario(
            citizen_density=_DENSITY,
            cop_density=_COPS,
            citizen_vision=_VISION,
            cop_vision=_VISION,
            legitimacy=_LEGITIMACY,
            max_jail_term=_JAIL,
            active_threshold=_THRESHOLD,
            arrest_prob_constant=_K,
            rng=shot.seed,
        )
        theirs = EpsteinCivilViolence(_CELLS, _CELLS, scenario=about)
        few, many = (10, 1_000) if shot.quick else (50, 5_000)
        theirs.step()
        with timed() as slow:
            for _ in range(few):
                theirs.step()
    settings = Settings(
        **VARIANTS["mesa"],
        width=_CELLS,
        height=_CELLS,
        density=_DENSITY,
        cops=_COPS,
        vision=float(_VISION),
        legitimacy=_LEGITIMACY,
        max_jail=_JAIL,
        k=_K,
        threshold=_THRESHOLD,
    )
    ours = CivilViolence(settings, seed=shot.seed)
    ours.step()
    with timed() as fast:
        for _ in range(many):
            ours.step()
    agents = len(ours.citizens) + len(ours.cops)
    rates = {"mesa": len(theirs.agents) * few / slow.cpu, "engine": agents * many / fast.cpu}
    facts = {"agents": {"mesa": len(theirs.agents), "engine": agents}, "steps": {"mesa": few, "engine": many}}
    facts["agent-steps a second, cpu"] = {name: f"{rate:,.0f}" for name, rate in rates.items()}
    return Found({"times as fast as Mesa": rates["engine"] / rates["mesa"], "engine": fast}, facts=facts)
