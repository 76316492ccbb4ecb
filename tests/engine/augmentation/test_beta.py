from __future__ import annotations

import numpy as np
import pytest

from engine.augmentation.beta import beta
from tests.engine.augmentation.given import draws


@pytest.mark.parametrize("alpha", [0.05, 0.2, 0.5, 1.0, 2.0])
def test_it_has_the_distribution_of_numpys_beta(alpha: float) -> None:
    found = np.sort(np.asarray(beta(draws(20_000), alpha)))
    theirs = np.sort(np.random.default_rng(1).beta(alpha, alpha, 20_000))
    assert found.min() >= 0
    assert found.max() <= 1
    edges = np.linspace(0, 1, 41)[1:-1]
    apart = np.searchsorted(found, edges) / 20_000 - np.searchsorted(theirs, edges) / 20_000
    assert np.abs(apart).max() < 0.015  # the two-sample test of Kolmogorov and Smirnov at 2 %
    assert found.var() == pytest.approx(1 / (4 * (2 * alpha + 1)), rel=0.04)
