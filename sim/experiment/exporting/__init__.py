"""Results folders in the formats of other programs: CSV, Stata, Parquet, Excel."""

from sim.experiment.exporting.converting import FORMATS, Exported, export

__all__ = ["FORMATS", "Exported", "export"]
