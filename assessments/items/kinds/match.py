"""Pairs to find: one list of answers for each left side, at most one answer is spare."""

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

FIELD = "ghep_"


class Match(ItemKind):
    code = "match"
    letters = "MA"
    label = gettext_lazy("Match")

    def validate(self, content: Content) -> list[str]:
        pairs, spare = parts_of(content, "pairs"), parts_of(content, "extra_right")
        faults = check_parts(pairs, 2, 8, ("left", "right", "feedback"))
        faults += check_parts(spare, 0, 2, ("text", "feedback"))
        rights = [str(pair.get("right")) for pair in pairs] + [str(one.get("text")) for one in spare]
        if len(set(rights)) != len(rights):
            faults.append(_("Two answers say the same."))
        return faults

    def rights(self, content: Content, seed: int) -> list[tuple[str, str]]:
        """The answers to choose from, as (author's id, text), shuffled."""
        answers = [(str(pair["id"]), pair["right"]) for pair in parts_of(content, "pairs")]
        answers += [(str(one["id"]), one["text"]) for one in parts_of(content, "extra_right")]
        return shuffled(answers, seed)

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        chosen = (draft or {}).get("pairs", {})
        rights = self.rights(content, seed)
        return {
            "rows": [
                {
                    "name": f"{FIELD}{place}",
                    "left": pair["left"],
                    "choices": [
                        {"value": n, "text": text, "mine": chosen.get(str(pair["id"])) == right}
                        for n, (right, text) in enumerate(rights)
                    ],
                }
                for place, pair in enumerate(self.lefts(content, seed))
            ]
        }

    def lefts(self, content: Content, seed: int) -> list[Content]:
        return shuffled(parts_of(content, "pairs"), seed + 1)

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        text_of = dict(self.rights(content, seed))
        chosen = verdict.answer.get("pairs", {})
        return {
            "rows": [
                {
                    "left": pair["left"],
                    "given": text_of.get(chosen.get(str(pair["id"]), ""), ""),
                    "right_text": pair["right"],
                    "right": chosen.get(str(pair["id"])) == str(pair["id"]),
                    "feedback": pair["feedback"],
                }
                for pair in self.lefts(content, seed)
            ]
        }

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        rights = self.rights(content, seed)
        pairs: dict[str, str] = {}
        lefts = self.lefts(content, seed)
        for place, pair in enumerate(lefts):
            text = post.get(f"{FIELD}{place}", "")
            position = position_of(text, len(rights))
            if text and position is None:
                raise BadAnswer(unreadable())
            if position is not None:
                pairs[str(pair["id"])] = rights[position][0]
        if len(pairs) < len(lefts):
            raise BadAnswer(_("Choose an answer for every line."), {"pairs": pairs})
        return {"pairs": pairs}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        pairs = parts_of(content, "pairs")
        given = {str(left): str(right) for left, right in answer.get("pairs", {}).items()}
        remarks = tuple(
            Remark(str(pair["id"]), given.get(str(pair["id"])) == str(pair["id"]), pair["feedback"])
            for pair in pairs
        )
        return verdict_of(
            scoring.share_right({str(p["id"]): str(p["id"]) for p in pairs}, given), answer, remarks
        )
