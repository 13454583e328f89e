"""Attribution: what each provision contributes to the whole difference between two laws, in one town under one practice."""

from sim.experiment.attributing.attributing import Attribution, attribute_laws
from sim.experiment.attributing.plan import ORDERS, AttributionPlan, plan_attribution
from sim.experiment.attributing.steps import Step

__all__ = ["ORDERS", "Attribution", "AttributionPlan", "Step", "attribute_laws", "plan_attribution"]
