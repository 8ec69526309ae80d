"""E02, second half: keys, pairs, positions and points of each kind fit together. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assessments.items.audit.bank import Bank, id_of, number_in, parts
from assessments.items.audit.fault import Fault
from assessments.items.verdict import Content

Problem = tuple[str, str]


def faults(bank: Bank) -> Iterator[Fault]:
    for item in bank.audited:
        kind = str(item.get("kind"))
        for field, message in _SHAPES.get(kind, _nothing)(item):
            yield Fault("E02", id_of(item), field, message)
        for name, (least, most) in _SIZES.get(kind, {}).items():
            count = len(parts(item, name))
            if not least <= count <= most:
                yield Fault(
                    "E02", id_of(item), name, f"are {count}; {least} to {most} are usual", warning=True
                )


def _nothing(_item: Content) -> Iterator[Problem]:
    yield from ()


def _one_key(item: Content) -> Iterator[Problem]:
    keys = sum(part.get("correct") is True for part in parts(item, "options"))
    if keys != 1:
        yield "options", f"{keys} options are right, not one"


def _told_number(name: str, key: str, told: str) -> Callable[[Content], Iterator[Problem]]:
    def check(item: Content) -> Iterator[Problem]:
        keys = sum(part.get(key) is True for part in parts(item, name))
        if keys == 0 or keys != item.get(told):
            yield told, f"says {item.get(told)}, but {keys} are right"

    return check


def _groups(item: Content) -> Iterator[Problem]:
    groups = {str(group.get("id")) for group in parts(item, "groups")}
    used = {str(card.get("group")) for card in parts(item, "cards")}
    for card in parts(item, "cards"):
        if str(card.get("group")) not in groups:
            yield f"cards.{card.get('id')}", "belongs to no group"
    for group in sorted(groups - used):
        yield f"groups.{group}", "has no card"


def _pairs(item: Content) -> Iterator[Problem]:
    pairs = parts(item, "pairs")
    for pair in pairs:
        if not pair.get("left") or not pair.get("right"):
            yield f"pairs.{pair.get('id')}", "has no partner"
    rights = [str(pair.get("right")) for pair in pairs] + [
        str(one.get("text")) for one in parts(item, "extra_right")
    ]
    if not pairs or len(set(rights)) != len(rights):
        yield "pairs", "two answers say the same, or there is none"


def _positions(item: Content) -> Iterator[Problem]:
    found = sorted(str(card.get("position")) for card in parts(item, "cards"))
    if not found or found != sorted(str(place) for place in range(1, len(found) + 1)):
        yield "cards", "positions are not 1, 2, 3 … without a gap"


def _points(item: Content) -> Iterator[Problem]:
    rule = item.get("scoring")
    total = sum(number_in(check, "points") for check in parts(item, "checklist"))
    if not isinstance(rule, dict) or total == 0 or total != rule.get("max"):
        yield "scoring", f"the points of the list are {total:g}, not the maximum"


def _ways(item: Content) -> Iterator[Problem]:
    nodes = {str(node.get("id")): node for node in parts(item, "nodes")}
    reached: set[str] = set()
    ends = list(_ends(nodes, (str(item.get("start")),), 0.0, reached))
    if not ends or None in ends:
        yield "nodes", "a way has no end"
    for node in sorted(set(nodes) - reached):
        yield f"nodes.{node}", "can never be reached"
    best = max((points for points in ends if points is not None), default=0.0)
    if best <= 0 or best != item.get("max_points"):
        yield "max_points", f"says {item.get('max_points')}, the best way gives {best:g}"


def _ends(
    nodes: dict[str, Content], way: tuple[str, ...], points: float, reached: set[str]
) -> Iterator[float | None]:
    """The points of every way to the end; None for a way that turns in a circle or leads nowhere."""
    choices = parts(nodes.get(way[-1], {}), "choices")
    if not choices or way[-1] in way[:-1]:
        yield None
        return
    reached.add(way[-1])
    for choice in choices:
        total = points + number_in(choice, "points")
        if choice.get("goto") == "end":
            yield total
        else:
            yield from _ends(nodes, (*way, str(choice.get("goto"))), total, reached)


def _accepts(item: Content) -> Iterator[Problem]:
    if not parts(item, "blanks"):
        yield "blanks", "there is none"
    for blank in parts(item, "blanks"):
        if not blank.get("accept"):
            yield f"blanks.{blank.get('id')}", "accepts nothing"


def _number(item: Content) -> Iterator[Problem]:
    answer = item.get("answer")
    if not isinstance(answer, dict) or not isinstance(answer.get("value"), int | float):
        yield "answer", "has no number"


def _answers(item: Content) -> Iterator[Problem]:
    if not parts(item, "questions"):
        yield "questions", "there is none"
    for question in parts(item, "questions"):
        if not question.get("accept") and "accept_number" not in question:
            yield f"questions.{question.get('id')}", "accepts nothing"


_SHAPES: dict[str, Callable[[Content], Iterator[Problem]]] = {
    "choice": _one_key,
    "true_false": _one_key,
    "multiple_choice": _told_number("options", "correct", "select"),
    "hotspot": _told_number("regions", "correct", "marks_to_find"),
    "document_check": _told_number("fields", "fault", "faults_to_find"),
    "sort_groups": _groups,
    "match": _pairs,
    "order": _positions,
    "conversation": _ways,
    "observed_task": _points,
    "fill_in": _accepts,
    "number": _number,
    "qr_reading": _answers,
}

# How many parts are usual (section 7).
_SIZES: dict[str, dict[str, tuple[int, int]]] = {
    "choice": {"options": (3, 4)},
    "true_false": {"options": (2, 2)},
    "multiple_choice": {"options": (5, 6)},
    "order": {"cards": (4, 6)},
    "match": {"pairs": (3, 5), "extra_right": (0, 1)},
    "hotspot": {"regions": (4, 8)},
    "sort_groups": {"cards": (6, 8), "groups": (2, 3)},
    "message_triage": {"messages": (6, 10)},
    "web_address": {"addresses": (6, 10)},
    "qr_reading": {"questions": (2, 4)},
    "document_check": {"fields": (6, 10)},
    "conversation": {"nodes": (2, 4)},
    "observed_task": {"checklist": (4, 8)},
}
