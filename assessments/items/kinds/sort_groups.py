"""Cards to put into two or three groups; corrected for chance."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items import scoring
from assessments.items.kinds.base import (
    Context,
    ItemKind,
    check_parts,
    parts_of,
    position_of,
    shuffled,
    unreadable,
)
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict, verdict_of

FIELD = "nhom_"


class SortGroups(ItemKind):
    code = "sort_groups"
    letters = "SG"
    label = gettext_lazy("Sort into groups")
    practical = True

    def validate(self, content: Content) -> list[str]:
        groups, cards = parts_of(content, "groups"), parts_of(content, "cards")
        faults = check_parts(groups, 2, 4, ("text",)) + check_parts(cards, 4, 12, ("text", "feedback"))
        known = {str(group.get("id")) for group in groups}
        faults += [
            _("Card “%(id)s” belongs to no group.") % {"id": card.get("id", "?")}
            for card in cards
            if str(card.get("group")) not in known
        ]
        return faults

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        sorted_in = (draft or {}).get("groups", {})
        groups = parts_of(content, "groups")
        return {
            "cards": [
                {
                    "name": f"{FIELD}{place}",
                    "text": card["text"],
                    "groups": [
                        {
                            "value": n,
                            "text": group["text"],
                            "mine": sorted_in.get(str(card["id"])) == str(group["id"]),
                        }
                        for n, group in enumerate(groups)
                    ],
                }
                for place, card in enumerate(self.order(content, seed))
            ]
        }

    def order(self, content: Content, seed: int) -> list[Content]:
        return shuffled(parts_of(content, "cards"), seed)

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        text_of = {str(group["id"]): group["text"] for group in parts_of(content, "groups")}
        given = verdict.answer.get("groups", {})
        return {
            "cards": [
                {
                    "text": card["text"],
                    "given": text_of.get(given.get(str(card["id"]), ""), ""),
                    "right_text": text_of[str(card["group"])],
                    "right": given.get(str(card["id"])) == str(card["group"]),
                    "feedback": card["feedback"],
                }
                for card in self.order(content, seed)
            ]
        }

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        groups, cards = parts_of(content, "groups"), self.order(content, seed)
        given: dict[str, str] = {}
        for place, card in enumerate(cards):
            text = post.get(f"{FIELD}{place}", "")
            position = position_of(text, len(groups))
            if text and position is None:
                raise BadAnswer(unreadable())
            if position is not None:
                given[str(card["id"])] = str(groups[position]["id"])
        if len(given) < len(cards):
            raise BadAnswer(_("Put every card into a group."), {"groups": given})
        return {"groups": given}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        cards = parts_of(content, "cards")
        right = {str(card["id"]): str(card["group"]) for card in cards}
        given = {str(card): str(group) for card, group in answer.get("groups", {}).items()}
        remarks = tuple(
            Remark(str(card["id"]), given.get(str(card["id"])) == str(card["group"]), card["feedback"])
            for card in cards
        )
        return verdict_of(
            scoring.chance_corrected(right, given, len(parts_of(content, "groups"))), answer, remarks
        )
