"""A small bank of questions that can be answered, with the assessment that draws from it."""

from __future__ import annotations

from typing import Any

from assessments.items.api import ItemVersion, Skill
from assessments.items.models import Item, ItemState, Outcome
from assessments.sittings.api import Blueprint, Purpose

_WORDS = {"text": "một lời", "feedback": "vì vậy"}


def add_bank(skill: Skill, items: int, count: int) -> list[Item]:
    """Live questions of difficulty 1 to 5 with four options each; ``count`` are drawn for a sitting."""
    outcome = Outcome.objects.create(skill=skill, code=f"{skill.code.upper()}-1", text="làm được")
    made = [_item(skill, outcome, number) for number in range(items)]
    Blueprint.objects.create(
        slug=f"do-{skill.code}", title="Bài đo", purpose=Purpose.SCORED,
        parts=[{"skill": skill.code, "count": count}], cut_basic=-0.5, cut_proficient=0.5,
    )  # fmt: skip
    return made


def _item(skill: Skill, outcome: Outcome, number: int) -> Item:
    item = Item.objects.create(
        code=f"{skill.code}-{number}", kind="choice", outcome=outcome, skill=skill, title=f"Câu {number}",
        state=ItemState.LIVE, difficulty=1 + number % 5,
    )  # fmt: skip
    item.current = ItemVersion.objects.create(item=item, number=1, content=_content(number))
    item.save(update_fields=["current"])
    return item


def _content(number: int) -> dict[str, Any]:
    options = [{"id": one, "correct": one == "a", **_WORDS} for one in "abcd"]
    return {"kind": "choice", "stem": f"Hỏi {number}?", "options": options}
