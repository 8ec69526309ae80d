"""Faults that playing shows: recorded paths, untested rules, points for nothing, points for chance. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.items.simulation.fault import Fault
from assessments.items.simulation.grade import Result, grade
from assessments.items.simulation.guards import enabled
from assessments.items.simulation.machine import Event, Impossible, step
from assessments.items.simulation.recorded import walk
from assessments.items.simulation.state import State, initial
from assessments.items.simulation.world import (
    INPUTS,
    ONE_OF,
    OPTION_TAPS,
    PLAIN_TAPS,
    SWITCHES,
    TEXT_INPUTS,
    World,
)

WALKS = 200
GUESS_MEAN = 0.40
GUESS_MASTERED = 0.05
# Texts that somebody who knows nothing would type.
BLIND_TEXTS = ("1", "123456", "abc", "01/01/2000", "100000", "0600000000")


def _played(world: World, path: list[Any]) -> Result | str:
    try:
        return grade(world, walk(world, path))
    except Impossible as problem:
        return str(problem)


def _good(world: World) -> Iterator[Fault]:
    recorded = world.task["recorded"]
    named = [("solution-not-full", "solution", recorded["solution"])]
    named += [
        ("also-full-not-full", f"also_full {i + 1}", p) for i, p in enumerate(recorded.get("also_full", []))
    ]
    for code, where, path in named:
        result = _played(world, path)
        if isinstance(result, str):
            yield Fault(code, where, f"Lời giải không đi được: {result}")
        elif result.points != result.maximum or result.critical:
            lost = ", ".join(step.label for step in result.steps if step.share < 1)
            yield Fault(
                code, where, f"Lời giải chỉ được {result.points} trên {result.maximum} điểm ({lost})."
            )


def _stated(wrong: dict[str, Any], result: Result) -> bool:
    points = Decimal(str(wrong["points"])).quantize(Decimal("0.01"))
    return points == result.points and wrong["critical"] == [error.id for error in result.critical]


def _wrong(world: World) -> Iterator[Fault]:
    wrongs = world.task["recorded"].get("wrong") or []
    if len(wrongs) < 2:
        yield Fault("fewer-than-two-wrong-paths", "wrong", "Hãy ghi lại ít nhất hai cách làm chưa đúng.")
    lost: set[str] = set()
    fired: set[str] = set()
    for wrong in wrongs:
        result = _played(world, wrong["path"])
        if isinstance(result, str):
            yield Fault("wrong-path-differs", wrong["name"], f"Cách làm này không đi được: {result}")
            continue
        lost |= {one.id for one in result.steps if one.share < Fraction(1)}
        fired |= {error.id for error in result.critical}
        if not _stated(wrong, result):
            got = f"{result.points} điểm, lỗi nghiêm trọng {[error.id for error in result.critical]}"
            yield Fault("wrong-path-differs", wrong["name"], f"Chấm được {got}, khác với điều đã ghi.")
    for criterion in world.judgement["criteria"]:
        if criterion["id"] not in lost:
            yield Fault(
                "criterion-never-lost", criterion["id"], "Không cách làm sai nào mất điểm ở tiêu chí này."
            )
    for error in world.judgement.get("critical") or []:
        if error["id"] not in fired:
            yield Fault("critical-never-fired", error["id"], "Không cách làm sai nào mắc lỗi này.")


def _speaks_of_never(rule: Any) -> bool:
    if isinstance(rule, list):
        return any(_speaks_of_never(one) for one in rule)
    return isinstance(rule, dict) and ("never" in rule or _speaks_of_never(rule.get("any", [])))


def _idle(world: World) -> Iterator[Fault]:
    for path in ([], ["finish"]):
        result = _played(world, path)
        if not isinstance(result, str) and result.points > 0:
            yield Fault("idle-scores", "finish" if path else "", "Không làm gì mà vẫn có điểm.")
            break
    for criterion in world.judgement["criteria"]:
        if _speaks_of_never(criterion.get("when")) and not criterion.get("needs"):
            yield Fault(
                "never-without-needs", criterion["id"], "Điểm “không làm điều dại” phải kèm một việc đã làm."
            )


def _blind_event(world: World, state: State, chance: random.Random) -> Event:
    n = len(state.log)
    acting = [e for e in world.elements(state.screen) if "id" in e and enabled(world, state, e)]
    acting = [e for e in acting if e["type"] in INPUTS | PLAIN_TAPS | OPTION_TAPS and e["type"] != "checks"]
    if not acting or chance.random() < 0.08:
        return Event(n, n, state.screen, chance.choice(["back", "home"]))
    element = chance.choice(acting)
    value: Any = None
    if element["type"] in TEXT_INPUTS:
        value = chance.choice(BLIND_TEXTS)
    elif element["type"] in SWITCHES:
        value = chance.random() < 0.5
    elif element["type"] == "stepper":
        value = int(element.get("min", 0))
    elif element["type"] in ONE_OF | OPTION_TAPS:
        value = chance.choice(element["options"])["key"]
    return Event(n, n, state.screen, "set" if element["type"] in INPUTS else "tap", element["id"], value)


def chance_score(world: World, walks: int = WALKS, seed: int = 1) -> tuple[float, float]:
    """(mean share of the points, share mastered) of random walks of twice the solution's length."""
    chance = random.Random(seed)  # noqa: S311 - reproducible simulation, no secret
    length = 2 * len(world.task["recorded"]["solution"])
    total, mastered = 0.0, 0
    for _ in range(walks):
        state = initial(world)
        for _ in range(length):
            try:
                state = step(world, state, _blind_event(world, state, chance))
            except Impossible:
                continue
        result = grade(world, state)
        total += float(result.points) / result.maximum
        mastered += result.mastered
    return total / walks, mastered / walks


def _guessable(world: World) -> Iterator[Fault]:
    mean, mastered = chance_score(world)
    if mean > GUESS_MEAN or mastered > GUESS_MASTERED:
        yield Fault("guessable", "", f"Bấm bừa cũng được {mean:.0%} số điểm.", "warning")


def evidence_faults(world: World, *, walks: bool = True) -> list[Fault]:
    """Plays every recorded path; ``walks`` adds random ones (about a second)."""
    checks = (_good, _wrong, _idle, *((_guessable,) if walks else ()))
    return [fault for check in checks for fault in check(world)]
