"""E02, first half: what every item carries, and its enemies. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.items.audit.bank import Bank, id_of, is_practice_only, listed, task_of
from assessments.items.audit.fault import Fault
from assessments.items.verdict import Content

_ALWAYS = (
    "id", "kind", "skill", "outcome", "difficulty", "state", "audience", "stem", "why", "next_step", "facts", "source",
    "mark", "verified_on", "review_by", "tags",
)  # fmt: skip
_MAY_BE_EMPTY = ("legal_basis",)
_IN_THE_BANK = ("title", "misconceptions")
_IN_THE_BANK_MAYBE_EMPTY = ("enemies",)
_TASK = (
    "id", "task", "title", "skill", "outcomes", "audience", "difficulty", "tags", "sources", "verified_on", "review_by",
    "brief", "start", "screens", "private", "recorded",
)  # fmt: skip


def faults(bank: Bank) -> Iterator[Fault]:
    for item in bank.audited:
        if item.get("kind") == "simulated_task":
            yield from _missing(item, task_of(item), _TASK, ("legal_basis",))
        else:
            bank_item = not is_practice_only(item)
            filled = _ALWAYS + (_IN_THE_BANK if bank_item else ())
            there = _MAY_BE_EMPTY + (_IN_THE_BANK_MAYBE_EMPTY if bank_item else ())
            yield from _missing(item, item, filled, there)
        yield from _enemies(item, bank)


def _missing(
    item: Content, content: Content, filled: tuple[str, ...], there: tuple[str, ...]
) -> Iterator[Fault]:
    for name in filled:
        if content.get(name) in (None, "", [], {}):
            # A day that nobody has checked is told with the sources, where its consequence is known.
            if name == "verified_on" and name in content:
                continue
            yield Fault("E02", id_of(item), name, "is absent or empty")
    for name in there:
        if name not in content:
            yield Fault("E02", id_of(item), name, "is absent")


def _enemies(item: Content, bank: Bank) -> Iterator[Fault]:
    own = id_of(item)
    for enemy in map(str, listed(item.get("enemies"))):
        if enemy == own:
            yield Fault("E02", own, "enemies", "the item is its own enemy")
        elif enemy not in bank.by_id:
            yield Fault("E02", own, "enemies", f"{enemy} is unknown")
        elif own not in map(str, listed(bank.by_id[enemy].get("enemies"))):
            yield Fault("E02", own, "enemies", f"{enemy} does not name it in turn")
