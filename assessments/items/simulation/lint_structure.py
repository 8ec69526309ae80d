"""Faults of the world itself: screens, targets, names, sizes, alternative texts. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from assessments.items.simulation.fault import Fault
from assessments.items.simulation.world import ELEMENT_TYPES, INPUTS, SHOWING, World

MAX_SCREENS = 40
MAX_ELEMENTS = 20
MIN_TARGET_PX = 48
SCREEN_PX = (320, 520)
_TELLS = re.compile(r"\b(đúng|sai|giả|thật|lừa đảo|đáp án)\b", re.IGNORECASE)
_NEEDS_NAME = (
    INPUTS | {"button", "link", "icon", "card", "payee", "caller", "permission", "scanner", "replies"}
) - {"rows"}


def _handlers(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from part.get("then") or []
    for option in part.get("options") or []:
        yield from option.get("then") or []


def _targets(world: World, screen_id: str) -> Iterator[str]:
    screen = world.screens[screen_id]
    for handler in screen.get("on_enter") or []:
        if "go" in handler:
            yield handler["go"]
    for element in world.elements(screen_id):
        for handler in _handlers(element):
            if "go" in handler:
                yield handler["go"]
    if isinstance(screen.get("back"), str):
        yield screen["back"]


def _reachable(world: World) -> set[str]:
    """Guards are ignored: that the goal can be reached is proved by the recorded solution."""
    found, queue = set(), [world.start, *([world.home] if world.home else [])]
    while queue:
        screen = queue.pop()
        if screen in found or screen not in world.screens:
            continue
        found.add(screen)
        queue += [target for target in _targets(world, screen) if target not in {"back", "end"}]
    return found


def _screens(world: World) -> Iterator[Fault]:
    known = set(world.screens) | {"back", "end"}
    for screen_id in world.screens:
        for target in _targets(world, screen_id):
            if target not in known:
                yield Fault("unknown-target", screen_id, f"Không có màn hình tên “{target}”.")
    for place, named in (("start", world.start), ("home", world.home)):
        if named is not None and named not in world.screens:
            yield Fault("unknown-target", place, f"Không có màn hình tên “{named}”.")
    for unreached in sorted(set(world.screens) - _reachable(world)):
        yield Fault("unreachable-screen", unreached, "Không có cách nào đi tới màn hình này.")
    for screen_id, screen in world.screens.items():
        leaves = any(target != screen_id for target in _targets(world, screen_id))
        stuck = screen.get("back") is False and (world.home is None or screen.get("home") is False)
        if stuck and not leaves and not screen.get("last"):
            yield Fault(
                "dead-end", screen_id, "Từ màn hình này chỉ còn cách bấm “Tôi đã làm xong”.", "warning"
            )


def _sizes(world: World) -> Iterator[Fault]:
    if len(world.screens) > MAX_SCREENS:
        yield Fault("too-much", "screens", f"Có {len(world.screens)} màn hình, nhiều nhất là {MAX_SCREENS}.")
    for screen in world.screens:
        if len(world.elements(screen)) > MAX_ELEMENTS:
            yield Fault("too-much", screen, f"Màn hình có hơn {MAX_ELEMENTS} thành phần.")


def _ids(world: World) -> Iterator[Fault]:
    screens = Counter(screen["id"] for screen in world.task["screens"])
    own = [e["id"] for s in world.task["screens"] for e in s["elements"] if "id" in e]
    own += [e["id"] for part in world.parts.values() for e in part if "id" in e]
    own += list(world.vars) + list(world.task.get("totals") or {})
    for name, count in [*screens.items(), *Counter(own).items()]:
        if count > 1:
            yield Fault("duplicate-id", name, "Tên này dùng cho hai chỗ khác nhau.")


def _guard_names(guard: Any) -> Iterator[str]:
    if isinstance(guard, list):
        for one in guard:
            yield from _guard_names(one)
    elif isinstance(guard, dict):
        yield from _guard_names(guard.get("any") or guard.get("not"))
        yield from (guard[key] for key in ("of", "same_as") if key in guard)


def _rule_names(rule: Any) -> Iterator[tuple[str, str]]:
    """(kind, name) of every element, screen and value that a rule speaks of."""
    if isinstance(rule, list):
        for one in rule:
            yield from _rule_names(one)
    elif isinstance(rule, dict):
        for key in ("never", "any", "before", "parts", "order", "when", "where", "fields"):
            yield from _rule_names(rule.get(key))
        did: Any = rule.get("did", rule.get("at", []))
        yield from (("element", name) for name in (did if isinstance(did, list) else [did]))
        yield from (("screen", rule[key]) for key in ("visited", "went") if key in rule)
        if "of" in rule:
            yield "value", rule["of"]


def _names(world: World) -> Iterator[Fault]:
    values = set(world.inputs) | set(world.vars) | set(world.task.get("totals") or {})
    elements = {e["id"] for s in world.screens for e in world.elements(s) if "id" in e}
    known = {"element": elements, "screen": set(world.screens), "value": values}
    for screen in world.screens:
        for element in world.elements(screen):
            guards = [element.get("show_if"), element.get("enabled_if")]
            guards += [handler.get("if") for handler in _handlers(element)]
            guards += [option.get("show_if") for option in element.get("options") or []]
            for name in _guard_names(guards):
                if name not in values:
                    yield Fault(
                        "unknown-name", f"{screen}/{element.get('id', '')}", f"Không có ô tên “{name}”."
                    )
    judged = [*world.judgement.get("criteria", []), *world.judgement.get("critical", [])]
    for one in judged:
        for kind, name in _rule_names(one):
            if name not in known[kind]:
                yield Fault("unknown-name", one["id"], f"Không có chỗ nào tên “{name}”.")


def _pictures(where: str, part: dict[str, Any]) -> Iterator[Fault]:
    if ("src" in part or part.get("type") in {"picture", "qr"} or "qr" in part) and not (
        part.get("alt") or part.get("text")
    ):
        yield Fault("no-alt", where, "Hình này chưa có lời tả cho người không nhìn thấy.")
    if _TELLS.search(str(part.get("alt", ""))):
        yield Fault("alt-gives-away", where, "Lời tả nói luôn điều người học phải tự nhận ra.", "warning")


def _overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(
        a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    )


def _hotspots(where: str, element: dict[str, Any]) -> Iterator[Fault]:
    """Regions are percent of the picture, judged at the narrowest phone."""
    regions = [option for option in element["options"] if "width" in option]
    for region in regions:
        sides = (region["width"] * SCREEN_PX[0] / 100, region["height"] * SCREEN_PX[1] / 100)
        if min(sides) < MIN_TARGET_PX:
            yield Fault("target-too-small", f"{where}/{region['key']}", "Vùng chạm nhỏ hơn đầu ngón tay.")
    for index, one in enumerate(regions):
        if any(_overlap(one, other) for other in regions[index + 1 :]):
            yield Fault("target-too-small", f"{where}/{one['key']}", "Hai vùng chạm đè lên nhau.")


def _elements(world: World) -> Iterator[Fault]:
    for screen in world.screens:
        for element in world.elements(screen):
            where = f"{screen}/{element.get('id', element['type'])}"
            if element["type"] not in ELEMENT_TYPES:
                yield Fault("unknown-name", where, f"Không có loại thành phần “{element['type']}”.")
            if element["type"] in _NEEDS_NAME and not str(element.get("text", "")).strip():
                yield Fault("no-name", where, "Nút hoặc ô này chưa có chữ.")
            if element["type"] not in SHOWING and "id" not in element:
                yield Fault("no-name", where, "Thành phần này chưa có tên riêng.")
            for part in [element, *(element.get("options") or [])]:
                yield from _pictures(where, part)
            if element["type"] == "hotspot":
                yield from _hotspots(where, element)


def structure_faults(world: World) -> list[Fault]:
    """Everything that can be seen without playing the task."""
    checks = (_ids, _screens, _sizes, _elements, _names)
    return [fault for check in checks for fault in check(world)]
