"""How a calibration is told: in sentences and tables, as figures, and as a folder of results."""
