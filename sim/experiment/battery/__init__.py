"""The battery of patterns: does it look like real protest?"""

from sim.experiment.battery.battery import VERDICTS, Battery, battery, verdict
from sim.experiment.battery.mapping import read_mapping
from sim.experiment.battery.records import of_record
from sim.experiment.battery.scenarios import of_scenario
from sim.experiment.battery.uncertainty import jackknife, without_each

__all__ = ["VERDICTS", "Battery", "battery", "jackknife", "of_record", "of_scenario", "read_mapping", "verdict", "without_each"]
