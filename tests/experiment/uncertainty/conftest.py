"""A small posterior, as a calibration writes it."""

from pathlib import Path

import pandas as pd
import pytest

from sim.experiment.uncertainty import Drawn, load_posterior


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three draws, the last with half of the weight."""
    draws = {
        "draw": [0, 1, 2],
        "weight": [0.3, 0.2, 0.5],
        "effort": [1.0, 2.0, 3.5],
        "style": [0.1, 0.2, 0.3],
        "outlets": [1.0, 2.0, 3.0],
    }
    about = {
        "parameter": ["effort", "style", "outlets"],
        "key": ["choices.effort_cost", "police.style", "press.outlets"],
        "place": ["", "here", ""],
        "town": ["", "seminar", ""],
    }
    pd.DataFrame(draws).to_csv(tmp_path / "posterior.csv", index=False)
    pd.DataFrame(about).to_csv(tmp_path / "parameters.csv", index=False)
    return tmp_path


@pytest.fixture
def posterior(folder: Path) -> Drawn:
    return load_posterior(folder)
