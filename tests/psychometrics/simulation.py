"""Simulated people and items for the tests of measurement, and strategies for hypothesis."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from assessments.psychometrics import irf

Floats = NDArray[np.float64]

LSAT7_COUNTS = [12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28]
LSAT7_COUNTS += [7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136, 32, 308]


def lsat7() -> tuple[Floats, Floats]:
    """The 32 answer patterns of LSAT7 and their frequencies."""
    patterns = [[int(digit) for digit in f"{pattern:05b}"] for pattern in range(32)]
    return np.array(patterns, dtype=np.float64), np.array(LSAT7_COUNTS, dtype=np.float64)


def bank(size: int, seed: int = 1, guessing: float = 0.0) -> tuple[Floats, Floats, Floats]:
    """Parameters of a plausible pool of items."""
    rng = np.random.default_rng(seed)
    return rng.uniform(0.7, 2.0, size), rng.normal(0.0, 1.0, size), np.full(size, guessing)


def answers(theta: Floats, a: Floats, b: Floats, c: Floats | float = 0.0, seed: int = 2) -> Floats:
    """Answers that follow the model."""
    rng = np.random.default_rng(seed)
    chance = irf.probability(theta, a, b, c)
    return (rng.random(chance.shape) < chance).astype(np.float64)


abilities = hnp.arrays(np.float64, st.integers(1, 8), elements=st.floats(-6, 6))


@st.composite
def pools(
    draw: st.DrawFn, least: int = 1, most: int = 12, guessing: bool = True
) -> tuple[Floats, Floats, Floats]:
    """Item parameters within reasonable limits."""
    size = draw(st.integers(least, most))
    a = draw(hnp.arrays(np.float64, size, elements=st.floats(0.3, 2.5)))
    b = draw(hnp.arrays(np.float64, size, elements=st.floats(-3, 3)))
    c = draw(hnp.arrays(np.float64, size, elements=st.floats(0, 0.4 if guessing else 0.0)))
    return a, b, c


@st.composite
def sheets(draw: st.DrawFn, item_count: int, most: int = 6) -> Floats:
    """Answer sheets of 0, 1 and NaN."""
    rows = draw(st.integers(1, most))
    return draw(hnp.arrays(np.float64, (rows, item_count), elements=st.sampled_from([0.0, 1.0, np.nan])))
