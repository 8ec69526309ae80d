"""E05, E06: neither the place nor the length of an option gives the key away. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assessments.items.audit.bank import Bank, by_skill, id_of, parts
from assessments.items.audit.fault import Fault
from assessments.items.verdict import Content

_ENOUGH_FOR_A_TEST = 20
_ENOUGH_FOR_A_SHARE = 6
_ENOUGH_FOR_LENGTHS = 5
# Chi-square at p = 0.05 by degrees of freedom.
_CRITICAL = {1: 3.841, 2: 5.991, 3: 7.815, 4: 9.488, 5: 11.070}
_MOST_LONGEST = 0.40
_FACTOR, _CHARACTERS = 2.5, 12


def faults(bank: Bank) -> Iterator[Fault]:
    for skill, items in by_skill(bank.audited):
        choices = [item for item in items if item.get("kind") == "choice" and _key_place(item) is not None]
        yield from _positions(skill, choices)
        yield from _truths(skill, [item for item in items if item.get("kind") == "true_false"])
        yield from _lengths(skill, choices)
    for item in bank.audited:
        if item.get("kind") == "choice":
            yield from _spread(item)


def _key_place(item: Content) -> int | None:
    places = [place for place, part in enumerate(parts(item, "options")) if part.get("correct") is True]
    return places[0] if len(places) == 1 else None


def _positions(skill: str, choices: list[Content]) -> Iterator[Fault]:
    for size in sorted({len(parts(item, "options")) for item in choices}):
        places = Counter(_key_place(item) for item in choices if len(parts(item, "options")) == size)
        total = sum(places.values())
        told = ", ".join(f"{'ABCDEF'[place]} {places[place]}" for place in range(size))
        if total >= _ENOUGH_FOR_A_TEST:
            even = total / size
            distance = sum((places[place] - even) ** 2 / even for place in range(size))
            if distance > _CRITICAL.get(size - 1, 11.070):
                yield Fault("E05", skill, f"choice of {size}", f"keys are not spread evenly: {told}")
        elif total >= _ENOUGH_FOR_A_SHARE and max(places.values()) > total / 2:
            yield Fault("E05", skill, f"choice of {size}", f"more than half of the keys in one place: {told}")


def _truths(skill: str, items: list[Content]) -> Iterator[Fault]:
    if len(items) < _ENOUGH_FOR_A_SHARE:
        return
    true = sum(
        part.get("correct") is True and str(part.get("id")) == "true"
        for item in items
        for part in parts(item, "options")
    )
    if not 0.3 <= true / len(items) <= 0.7:
        yield Fault("E05", skill, "true or false", f"{true} of {len(items)} are true")


def _key_is_longest(item: Content) -> bool:
    lengths = [len(str(part.get("text"))) for part in parts(item, "options")]
    key = lengths[_key_place(item) or 0]
    return key == max(lengths) and lengths.count(key) == 1


def _lengths(skill: str, choices: list[Content]) -> Iterator[Fault]:
    longest = [id_of(item) for item in choices if _key_is_longest(item)]
    if len(choices) >= _ENOUGH_FOR_LENGTHS and len(longest) > _MOST_LONGEST * len(choices):
        message = f"the key is the longest option in {len(longest)} of {len(choices)}: {', '.join(longest)}"
        yield Fault("E06", skill, "choice", message)


def _spread(item: Content) -> Iterator[Fault]:
    lengths = [len(str(part.get("text"))) for part in parts(item, "options")]
    if lengths and max(lengths) > _FACTOR * min(lengths) and max(lengths) - min(lengths) > _CHARACTERS:
        yield Fault(
            "E06",
            id_of(item),
            "options",
            f"lengths from {min(lengths)} to {max(lengths)} characters",
            warning=True,
        )
