"""From the log to points, steps, critical errors and times. Exact fractions, rounded once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from assessments.items.simulation.comparison import expected
from assessments.items.simulation.rules import check, first_at, holds
from assessments.items.simulation.state import Entry, State
from assessments.items.simulation.world import World

CRITICAL_CODES = (
    "otp_given", "passcode_given", "credentials_given", "card_data_given", "id_data_given", "wrong_payee",
    "money_sent", "unknown_app_installed", "permission_granted", "account_lent", "secret_disclosed",
    "unsafe_machine_act",
)  # fmt: skip
MASTERY = Fraction(8, 10)
LONGEST_GAP_MS = 10 * 60 * 1000


@dataclass(frozen=True)
class Step:
    id: str
    label: str
    points: int
    share: Fraction
    why: str


@dataclass(frozen=True)
class CriticalError:
    id: str
    code: str
    label: str
    advice: str


@dataclass(frozen=True)
class Result:
    """``points`` and ``maximum`` in points of the task; shares in [0, 1]."""

    points: Decimal
    maximum: int
    steps: tuple[Step, ...]
    critical: tuple[CriticalError, ...]
    hints_taken: int
    milliseconds_by_screen: dict[str, int]

    @property
    def mastered(self) -> bool:
        """0/1 for calibration: at least 0.8 of the points and no critical error."""
        return Fraction(self.points) >= MASTERY * self.maximum and not self.critical


def _act_of(state: State, criterion: dict[str, Any]) -> Entry | None:
    acts = [entry for entry in state.log if entry.ok and entry.element == criterion["at"]]
    if not acts:
        return None
    return acts[0] if criterion.get("which") == "first" else acts[-1]


def _fields_share(entry: Entry, fields: list[dict[str, Any]]) -> Fraction:
    values = {**entry.vars, **entry.values}
    return Fraction(sum(check(values, one) for one in fields), len(fields))


def _choices_share(entry: Entry, spec: dict[str, Any]) -> Fraction:
    picked = set({**entry.vars, **entry.values}.get(spec["of"]) or [])
    wanted = set(spec["expect"])
    return max(Fraction(0), Fraction(len(picked & wanted) - len(picked - wanted), len(wanted)))


def _rows_share(entry: Entry, spec: dict[str, Any]) -> Fraction:
    """Best assignment of given to expected rows: matching cells over columns times the longer list."""
    given = list(entry.vars.get(spec["of"]) or [])
    wanted = spec["expect"]
    how = spec.get("how") or {}
    columns = list(wanted[0])
    if not given:
        return Fraction(0)
    cells = np.array(
        [[sum(expected(g.get(c), w[c], how.get(c, "exact")) for c in columns) for w in wanted] for g in given]
    )
    rows, picks = linear_sum_assignment(-cells)
    return Fraction(int(cells[rows, picks].sum()), len(columns) * max(len(given), len(wanted)))


def _order_share(state: State, rules: list[Any]) -> Fraction:
    """Longest increasing run of first occurrences over all."""
    places = [place for place in (first_at(state, rule) for rule in rules) if place is not None]
    best: list[int] = []
    for index, place in enumerate(places):
        best.append(1 + max((best[i] for i in range(index) if places[i] < place), default=0))
    return Fraction(max(best, default=0), len(rules))


def _own_share(state: State, criterion: dict[str, Any]) -> Fraction:
    if "when" in criterion and not holds(state, criterion["when"]):
        return Fraction(0)
    if "parts" in criterion:
        return Fraction(sum(holds(state, rule) for rule in criterion["parts"]), len(criterion["parts"]))
    if "order" in criterion:
        return _order_share(state, criterion["order"])
    if "at" not in criterion:
        return Fraction(1)
    entry = _act_of(state, criterion)
    if entry is None:
        return Fraction(0)
    if "fields" in criterion:
        return _fields_share(entry, criterion["fields"])
    if "choices" in criterion:
        return _choices_share(entry, criterion["choices"])
    return _rows_share(entry, criterion["rows"])


def shares(world: World, state: State) -> dict[str, Fraction]:
    """Share of each criterion; 0 while any criterion that it needs has 0."""
    criteria = world.judgement["criteria"]
    own = {criterion["id"]: _own_share(state, criterion) for criterion in criteria}
    return {
        criterion["id"]: Fraction(0)
        if any(own[need] == 0 for need in criterion.get("needs", []))
        else own[criterion["id"]]
        for criterion in criteria
    }


def _hint_cost(world: World, state: State) -> tuple[Fraction, int]:
    cost, taken = Fraction(0), 0
    for block in world.judgement.get("hints") or []:
        asked = sum(1 for entry in state.log if entry.action == "hint" and entry.screen in block["screens"])
        counted = min(asked, len(block["texts"]))
        taken += counted
        cost += counted * Fraction(str(block.get("cost", 0)))
    return cost, taken


def _critical(world: World, state: State) -> list[dict[str, Any]]:
    return [one for one in world.judgement.get("critical") or [] if holds(state, one["when"])]


def _times(state: State) -> dict[str, int]:
    spent: dict[str, int] = {}
    before = 0
    for entry in state.log:
        spent[entry.screen] = spent.get(entry.screen, 0) + min(entry.t - before, LONGEST_GAP_MS)
        before = entry.t
    return spent


def grade(world: World, state: State) -> Result:
    """Points of a log; the formula and its rounding stand in the format's section 6."""
    criteria = world.judgement["criteria"]
    found = shares(world, state)
    maximum = sum(criterion["points"] for criterion in criteria)
    cost, hints = _hint_cost(world, state)
    raw = sum((criterion["points"] * found[criterion["id"]] for criterion in criteria), Fraction(0)) - cost
    critical = _critical(world, state)
    ceilings = [Fraction(maximum) * Fraction(str(one["cap"])) / 100 for one in critical if "cap" in one]
    points = min([max(Fraction(0), min(Fraction(maximum), raw)), *ceilings])
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return Result(
        points=exact.quantize(Decimal("0.01"), ROUND_HALF_UP),
        maximum=maximum,
        steps=tuple(
            Step(c["id"], c["label"], c["points"], found[c["id"]], c.get("why", "")) for c in criteria
        ),
        critical=tuple(CriticalError(c["id"], c["code"], c["label"], c["advice"]) for c in critical),
        hints_taken=hints,
        milliseconds_by_screen=_times(state),
    )
