"""Present, read and grade an item version. The only way from content to a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from assessments.items.kinds import get_kind
from assessments.items.models import ItemVersion
from assessments.items.verdict import Answer, Content, Verdict


@dataclass(frozen=True)
class PresentedItem:
    """What a template needs: ``{% include "items/item.html" with item=presented.context %}`` inside a form."""

    template_name: str
    context: dict[str, Any]

    @property
    def stem(self) -> str:
        return str(self.context["stem"])

    @property
    def answered(self) -> bool:
        return bool(self.context["answered"])

    @property
    def submit_label(self) -> str:
        return str(self.context["submit_label"])


def present(
    version: ItemVersion,
    seed: int,
    answer: Answer | None = None,
    verdict: Verdict | None = None,
    *,
    with_hint: bool = False,
) -> PresentedItem:
    """The public side of an item. Key and feedback are in it only when a verdict that may be seen is given.

    ``answer`` alone fills the form in again (a draft, or an answer that may still be changed).
    """
    content = version.content
    kind = get_kind(content["kind"])
    context: dict[str, Any] = {
        "kind": kind.code,
        "template": kind.template,
        "stem": content["stem"],
        "setting": content.get("context", ""),
        "hint": content.get("hint", "") if with_hint else "",
        "submit_label": kind.submit_label,
        "answered": verdict is not None,
    }
    if verdict is None:
        context |= kind.ask(content, seed, answer)
    else:
        context |= kind.review(content, seed, verdict)
        context["outcome"] = _outcome(content, verdict, kind.feedback_inline)
    return PresentedItem(kind.template, context)


def read_answer(version: ItemVersion, seed: int, post: QueryDict) -> Answer:
    """The posted form as answer JSON in the author's ids; raises ``BadAnswer``."""
    return get_kind(version.content["kind"]).read_answer(version.content, seed, post)


def grade(version: ItemVersion, answer: Answer) -> Verdict:
    return get_kind(version.content["kind"]).grade(version.content, answer)


def _outcome(content: Content, verdict: Verdict, inline: bool) -> dict[str, Any]:
    """What is said below the answered item."""
    missed = "partly" if verdict.points > 0 else "wrong"
    return {
        "level": "right" if verdict.correct else missed,
        "critical": bool(verdict.critical),
        "texts": [] if inline else verdict.texts,
        "why": content.get("why", ""),
        "next_step": content.get("next_step", ""),
        "source": content.get("source", ""),
        "verified_on": _day(content.get("verified_on")),
        "review_by": _day(content.get("review_by")),
    }


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
