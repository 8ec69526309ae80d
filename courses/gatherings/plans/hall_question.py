"""An item of the bank as a hall sees it: question and lettered options; the key lies apart."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.items.api import ItemVersion, grade, present, read_answer

HallQuestion = tuple[dict[str, Any], dict[str, Any]]


def hall_question(version: ItemVersion, seed: int, prompt: str = "") -> HallQuestion:
    """What everybody may see, and what nobody sees before the reveal."""
    shown = present(version, seed).context
    options = [{"letter": option["letter"], "text": option["text"]} for option in shown["options"]]
    public: dict[str, Any] = {
        "prompt": prompt or " ".join(filter(None, (shown["setting"], shown["stem"]))),
        "options": options,
    }
    if "select" in shown:
        public |= {"multiple": True, "select": shown["select"]}
    return public, {**_key(version, seed, shown), "version": version.pk, "seed": seed}


def _key(version: ItemVersion, seed: int, shown: dict[str, Any]) -> dict[str, Any]:
    """The verdict on any full answer tells which options are right."""
    form = QueryDict(mutable=True)
    form.setlist(shown["field"], [str(place) for place in range(shown.get("select", 1))])
    verdict = grade(version, read_answer(version, seed, form))
    review = present(version, seed, verdict.answer, verdict).context
    key = [option["letter"] for option in review["options"] if option["right"]]
    return {"key": key, "why": review["outcome"]["why"], "next_step": review["outcome"]["next_step"]}


def vote_options() -> list[dict[str, str]]:
    """Letters, because cards have letters; ``value`` says what each one means."""
    words = (
        ("A", "for", _("In favour")),
        ("B", "against", _("Against")),
        ("C", "abstain", _("Other opinion")),
    )
    return [{"letter": letter, "value": value, "text": text} for letter, value, text in words]


def lettered(texts: list[str]) -> list[dict[str, str]]:
    return [{"letter": letter, "text": text} for letter, text in zip("ABCD", texts, strict=False)]
