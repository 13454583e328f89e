"""Emulators: what a pattern would be at points that were not run, and how far to trust that.

A Gaussian process (Rasmussen and Williams 2006; scikit-learn) with a linear trend, as history matching has it (Vernon, Goldstein
and Bower 2010, Bayesian Analysis 5(4); Andrianakis et al. 2015, PLoS Computational Biology 11(1)): the trend has a wide normal
prior, so its own doubt is in the variance; what bends about it has a Matern 5/2 covariance with a length for each parameter; a
nugget holds what no smooth surface follows, noise between seeds above all.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.linalg import cho_solve

from sim.experiment.sensitivity.libraries import library
from sim.experiment.sensitivity.table import Floats
from sim.streams import Streams

__all__ = ["LEAST_MORE", "Emulator", "fit"]

LEAST_MORE: Final = 4
"""Points that must have a value beyond one for each parameter and one: with fewer a trend is all noise."""

_STARTS: Final = 1
"""Further starts of the search for the lengths."""

_MANY: Final = 150
"""Points beyond which there is one start only: each takes as long as the points to the third power."""

_WIDE: Final = 10.0
"""Prior variance of level and trend, in variances of the pattern: next to unknown."""

_BLOCK: Final = 4096
"""Points that are foretold at once, so that memory stays small."""


@dataclass(frozen=True, slots=True, eq=False)
class Emulator:
    """What is known of a pattern over the space of parameters.

    Attributes:
        points: how many it rests on. q2: the share of the variance over points that is foretold of points left out.
        inflation: what its variances are multiplied by, at least 1: by how much they were too small for points left out, and, as
            in a regression, points over points less the lengths and variances that were fitted. Taken at their likeliest, these
            make an emulator of few points too sure of itself: on functions that are known by a quarter at eight points for each
            parameter, by a tenth with this factor.
        noise: variance that stays however many points there are: the nugget, or what seeds say if that is more.
    """

    points: int
    q2: float
    inflation: float
    noise: float
    _process: Any
    _inverse: Floats
    _scale: tuple[float, float]
    _nugget: float

    def predict(self, x: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of the pattern at points of the unit cube, on the goal's scale.

        The variance holds the emulator's own doubt and :attr:`noise`.
        """
        means, variances = [], []
        kernel, weights = self._process.kernel_, self._process.alpha_
        centre, width = self._scale
        for start in range(0, len(x), _BLOCK):
            block = x[start : start + _BLOCK] - 0.5
            near = kernel(block, self._process.X_train_)
            means.append(centre + width * (near @ weights))
            latent = kernel.diag(block) - self._nugget - np.einsum("ij,ij->i", near @ self._inverse, near)
            variances.append(width**2 * np.maximum(latent, 0.0))
        return np.concatenate(means), self.inflation * np.concatenate(variances) + self.noise


def fit(x: Floats, y: Floats, seed_variance: float) -> Emulator | None:
    """An emulator of some values.

    Args:
        x: points of the unit cube, one a row. y: the value of each, on the goal's scale; NaN where there is none.
        seed_variance: variance of each value from having few seeds, on that scale.

    Returns:
        the emulator; ``None`` if too few points have a value.

    Raises:
        ModelError: if scikit-learn is not installed.
    """
    there = ~np.isnan(y)
    number, parameters = int(there.sum()), x.shape[1]
    if number < parameters + 1 + LEAST_MORE:
        return None
    known, values = x[there] - 0.5, y[there]
    centre, width = float(values.mean()), float(values.std(ddof=1)) or 1.0
    standard = (values - centre) / width
    process = _fitted(known, standard)
    nugget = float(process.kernel_.k2.noise_level)
    inverse = cho_solve((process.L_, True), np.eye(number))
    # What each point is foretold to be from the others, and how surely (Dubrule 1983, Mathematical Geology 15).
    missed, doubt = inverse @ standard / np.diag(inverse), 1.0 / np.diag(inverse)
    spread = float(((standard * number / (number - 1)) ** 2).sum())  # about the mean of the others
    fitted = parameters + 2  # a length for each parameter, the variance of what bends, the nugget
    inflation = max(1.0, float((missed**2 / doubt).mean())) * number / (number - fitted)
    noise = max(inflation * width**2 * nugget, seed_variance)
    q2 = 1.0 - float((missed**2).sum()) / spread if spread > 0 else float("nan")
    return Emulator(number, q2, inflation, noise, process, inverse, (centre, width), nugget)


def _fitted(x: Floats, y: Floats) -> Any:
    """The process that makes the values most likely."""
    processes = library("sklearn.gaussian_process", "a calibration")
    kernels = library("sklearn.gaussian_process.kernels", "a calibration")
    unsure = library("sklearn.exceptions", "a calibration").ConvergenceWarning
    trend = kernels.ConstantKernel(_WIDE, "fixed") * kernels.DotProduct(1.0, "fixed")
    bends = kernels.ConstantKernel(0.5, (1e-3, 1e2)) * kernels.Matern(np.ones(x.shape[1]), (0.1, 20.0), nu=2.5)
    kernel = trend + bends + kernels.WhiteKernel(0.1, (1e-6, 2.0))
    start = int(Streams(0).key("calibration/emulator")) % 2**32  # scikit-learn draws its further starts itself: always the same
    process = processes.GaussianProcessRegressor(
        kernel, alpha=1e-10, n_restarts_optimizer=_STARTS if len(x) <= _MANY else 0, random_state=start
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", unsure)  # a length at its bound only says that a parameter hardly matters
        process.fit(x, y)
    return process
