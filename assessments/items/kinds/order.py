"""Cards to put in order; moved by “up” and “down” buttons that work without JavaScript."""

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

FIELD, UP, DOWN, RESET = "thu_tu", "len", "xuong", "lai"


class Order(ItemKind):
    code = "order"
    letters = "OR"
    label = gettext_lazy("Order")
    submit_label = gettext_lazy("My order is ready")

    def validate(self, content: Content) -> list[str]:
        cards = parts_of(content, "cards")
        faults = check_parts(cards, 3, 8, ("text", "feedback"))
        if sorted(str(card.get("position")) for card in cards) != [str(n + 1) for n in range(len(cards))]:
            faults.append(_("The positions of the cards must be 1, 2, 3 … without a gap."))
        return faults

    def right_order(self, content: Content) -> list[Content]:
        return sorted(parts_of(content, "cards"), key=lambda card: int(card["position"]))

    def start(self, content: Content, seed: int) -> list[Content]:
        """The order at first sight: never the right one."""
        right = self.right_order(content)
        cards = shuffled(right, seed)
        return cards if cards != right else cards[1:] + cards[:1]

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        start = self.start(content, seed)
        place_of = {str(card["id"]): place for place, card in enumerate(start)}
        text_of = {str(card["id"]): card["text"] for card in start}
        order = self._drafted(draft, list(place_of))
        return {
            "field": FIELD,
            "cards": [{"value": place_of[card], "text": text_of[card]} for card in order],
            "last": len(order) - 1,
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        right = [str(card["id"]) for card in self.right_order(content)]
        given = self._drafted(verdict.answer, right)
        return {
            "right_order": [
                {"text": card["text"], "feedback": card["feedback"]} for card in self.right_order(content)
            ],
            "given_order": [
                {"text": card["text"], "right": card["id"] == right[place]}
                for place, one in enumerate(given)
                for card in parts_of(content, "cards")
                if str(card["id"]) == one
            ],
        }

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        start = self.start(content, seed)
        places = [position_of(text, len(start)) for text in post.get(FIELD, "")[:100].split(",")]
        if None in places or sorted(p for p in places if p is not None) != list(range(len(start))):
            raise BadAnswer(unreadable())
        order = [str(start[place]["id"]) for place in places if place is not None]
        if RESET in post:
            raise BadAnswer(draft={"order": [str(card["id"]) for card in start]})
        if UP in post or DOWN in post:
            raise BadAnswer(draft={"order": _moved(order, post)})
        return {"order": order}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        right = [str(card["id"]) for card in self.right_order(content)]
        given = self._drafted(answer, [])
        if sorted(given) != sorted(right):
            return verdict_of(0.0, answer)
        remarks = tuple(
            Remark(str(card["id"]), given[place] == card["id"], card["feedback"])
            for place, card in enumerate(self.right_order(content))
        )
        return verdict_of(scoring.adjacent_pairs(right, given), answer, remarks)

    @staticmethod
    def _drafted(draft: Answer | None, otherwise: list[str]) -> list[str]:
        order = [str(one) for one in (draft or {}).get("order", [])]
        return order if not otherwise or sorted(order) == sorted(otherwise) else otherwise


def _moved(order: list[str], post: QueryDict) -> list[str]:
    """The order after one press of “up” or “down”; a press that leads nowhere changes nothing."""
    step = -1 if UP in post else 1
    place = position_of(post.get(UP if UP in post else DOWN, ""), len(order))
    if place is None or not 0 <= place + step < len(order):
        return order
    moved = list(order)
    moved[place], moved[place + step] = moved[place + step], moved[place]
    return moved
