"""Places on the drawings of the measurement page. Pure: numbers in, coordinates out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessments.psychometrics import irf

Floats = npt.NDArray[np.float64]

LOW, HIGH = -4.0, 4.0
WIDTH = 720.0
_BIN = 0.25
_PEOPLE_HEIGHT, _DOT = 110.0, 7.0


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    item: int
    sure: bool


@dataclass(frozen=True)
class ItemMap:
    """People above the axis, items below it, all on one scale."""

    bars: list[Bar]
    dots: list[Dot]
    axis: float
    height: float


def x_of(theta: float) -> float:
    """Whoever stands outside the drawing is drawn at its edge."""
    return round((min(max(theta, LOW), HIGH) - LOW) / (HIGH - LOW) * WIDTH, 2)


def item_map(
    theta: Sequence[float], share: Sequence[float], items: Sequence[tuple[int, float, bool]]
) -> ItemMap:
    """theta, share: where the people stand, empty while nobody knows; items: (key, b, from answers)."""
    edges = np.arange(LOW, HIGH + _BIN / 2, _BIN)
    counted = _share_between(edges, theta, share)
    most = counted.max() if counted.any() else 1.0
    bars = [
        Bar(x_of(edge), round(_PEOPLE_HEIGHT * (1 - one / most), 2), WIDTH / len(counted) - 1,
            round(_PEOPLE_HEIGHT * one / most, 2))
        for edge, one in zip(edges[:-1], counted.tolist(), strict=True)
        if one / most > 0.002
    ]  # fmt: skip
    axis = _PEOPLE_HEIGHT + 4 if bars else 4.0
    stacked: dict[int, int] = {}
    dots = []
    for key, b, sure in sorted(items, key=lambda one: one[1]):
        column = int((min(max(b, LOW), HIGH - 1e-9) - LOW) / _BIN)
        stacked[column] = stacked.get(column, 0) + 1
        x = x_of(LOW + (column + 0.5) * _BIN)
        dots.append(Dot(x, axis + 30 + (stacked[column] - 1) * 2 * _DOT, key, sure))
    deepest = max(stacked.values(), default=0)
    return ItemMap(bars, dots, axis, axis + 36 + deepest * 2 * _DOT)


def _share_between(edges: Floats, theta: Sequence[float], share: Sequence[float]) -> Floats:
    """Each point of the grid stands for the people half a step to both sides of it."""
    if len(theta) == 0:
        return np.zeros(edges.size - 1)
    half = (theta[1] - theta[0]) / 2
    below = np.interp(
        edges, np.array([theta[0] - half, *(one + half for one in theta)]), [0.0, *np.cumsum(share)]
    )
    below[0], below[-1] = 0.0, 1.0
    return np.diff(below)


@dataclass(frozen=True)
class Curve:
    """points: an SVG polyline; theta, information: the same as numbers."""

    points: str
    theta: Floats
    information: Floats
    height: float


def information_curve(a: Floats, b: Floats, c: Floats, length: int) -> Curve:
    """What the ``length`` items that fit an ability best tell about it."""
    theta = np.linspace(LOW, HIGH, 81)
    each = np.sort(irf.information(theta, a, b, c), axis=1)[:, -length:]
    information, height = each.sum(axis=1), 160.0
    most = max(float(information.max()), 1e-9)
    points = " ".join(
        f"{x_of(float(one))},{height - 4 - (height - 12) * float(told) / most:.2f}"
        for one, told in zip(theta, information, strict=True)
    )
    return Curve(points, theta, information, height)


def error_at(curve: Curve, theta: float) -> float | None:
    """Standard error there; None where the items tell next to nothing."""
    told = float(np.interp(theta, curve.theta, curve.information))
    return told**-0.5 if told > 0.05 else None
