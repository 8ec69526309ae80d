"""Shared by kinds where a told number of parts must be found: ticking everything earns nothing."""

from __future__ import annotations

from typing import ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.items import scoring
from assessments.items.kinds.base import (
    Context,
    ItemKind,
    check_parts,
    letter,
    parts_of,
    position_of,
    shape,
    unreadable,
)
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict, verdict_of

FIELD = "tra_loi"


class PickSome(ItemKind):
    parts_name: ClassVar[str]
    key_name: ClassVar[str] = "correct"
    count_name: ClassVar[str]
    text_name: ClassVar[str] = "text"
    fewest: ClassVar[int] = 3

    def order(self, content: Content, seed: int) -> list[Content]:
        """The parts as a browser sees them; here in an order that has a meaning."""
        return parts_of(content, self.parts_name)

    def public(self, part: Content) -> Context:
        """More of a part that a browser may see."""
        return {}

    def keys(self, content: Content) -> set[str]:
        parts = parts_of(content, self.parts_name)
        return {str(part["id"]) for part in parts if part.get(self.key_name) is True}

    def validate(self, content: Content) -> list[str]:
        parts = parts_of(content, self.parts_name)
        faults = check_parts(parts, self.fewest, 12, (self.text_name, "feedback"))
        keys = sum(part.get(self.key_name) is True for part in parts)
        if keys == 0 or keys == len(parts):
            faults.append(_("Some options must be right and some wrong."))
        if content.get(self.count_name) != keys:
            faults.append(_("The number to choose must be the number of right options."))
        return faults

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        chosen = (draft or {}).get("options", [])
        return {
            "field": FIELD,
            "select": content[self.count_name],
            "options": [
                {
                    "value": place,
                    "letter": letter(place),
                    "shape": shape(place),
                    "text": part[self.text_name],
                    "mine": str(part["id"]) in chosen,
                    **self.public(part),
                }
                for place, part in enumerate(self.order(content, seed))
            ],
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        context = self.ask(content, seed, verdict.answer)
        for shown, part in zip(context["options"], self.order(content, seed), strict=True):
            shown["right"] = part.get(self.key_name) is True
            shown["feedback"] = part["feedback"]
        return context

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        parts = self.order(content, seed)
        places = [position_of(text, len(parts)) for text in post.getlist(FIELD)[: len(parts) + 1]]
        if None in places:
            raise BadAnswer(unreadable())
        chosen = sorted({str(parts[place]["id"]) for place in places if place is not None})
        answer = {"options": chosen}
        if len(chosen) != content[self.count_name]:
            raise BadAnswer(
                _("Choose exactly %(count)d answers.") % {"count": content[self.count_name]}, answer
            )
        return answer

    def grade(self, content: Content, answer: Answer) -> Verdict:
        keys = self.keys(content)
        chosen = {str(one) for one in answer.get("options", [])}
        remarks = tuple(
            Remark(str(part["id"]), str(part["id"]) in keys, part["feedback"])
            for part in parts_of(content, self.parts_name)
            if str(part["id"]) in chosen
        )
        return verdict_of(scoring.hits_minus_false_alarms(keys, chosen), answer, remarks)
