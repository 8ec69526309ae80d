"""Blanks to fill in, read tolerantly as Vietnamese is typed."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import Context, ItemKind, check_parts, parts_of, posted_text
from assessments.items.text_match import any_same, same_text
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict, verdict_of

FIELD = "o_"


class FillIn(ItemKind):
    code = "fill_in"
    letters = "FI"
    label = gettext_lazy("Fill in")
    feedback_inline = False

    def validate(self, content: Content) -> list[str]:
        blanks = parts_of(content, "blanks")
        faults = check_parts(blanks, 1, 6, ("feedback_right", "feedback_other"))
        for blank in blanks:
            accept = blank.get("accept")
            if not isinstance(accept, list) or not any(str(one).strip() for one in accept):
                faults.append(_("Blank “%(id)s” accepts nothing.") % {"id": blank.get("id", "?")})
            slips = [str(slip.get("value")) for slip in parts_of(blank, "common_errors")]
            if isinstance(accept, list) and any(any_same(slip, map(str, accept)) for slip in slips):
                faults.append(
                    _("Blank “%(id)s”: a usual slip is also accepted.") % {"id": blank.get("id", "?")}
                )
        return faults

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        given = (draft or {}).get("blanks", {})
        blanks = parts_of(content, "blanks")
        return {
            "rows": [
                {
                    "name": f"{FIELD}{place}",
                    "label": blank.get("label", ""),
                    "number": place + 1 if len(blanks) > 1 else "",
                    "unit": blank.get("unit", ""),
                    "given": given.get(str(blank["id"]), ""),
                }
                for place, blank in enumerate(blanks)
            ]
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        context = self.ask(content, seed, verdict.answer)
        for row, blank, remark in zip(
            context["rows"], parts_of(content, "blanks"), verdict.remarks, strict=False
        ):
            row["right"] = remark.right
            row["accepted"] = str(blank["accept"][0])
            row["feedback"] = remark.text
        return context

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        blanks = parts_of(content, "blanks")
        given = {str(blank["id"]): posted_text(post, f"{FIELD}{place}") for place, blank in enumerate(blanks)}
        if not all(given.values()):
            raise BadAnswer(_("Fill in every blank."), {"blanks": given})
        return {"blanks": given}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        given = answer.get("blanks", {})
        remarks = tuple(
            _judged(blank, str(given.get(str(blank["id"]), ""))) for blank in parts_of(content, "blanks")
        )
        share = sum(remark.right for remark in remarks) / len(remarks)
        return verdict_of(share, answer, remarks)


def _judged(blank: Content, given: str) -> Remark:
    optional = blank.get("diacritics_optional") is True
    if any_same(given, map(str, blank["accept"]), optional):
        return Remark(str(blank["id"]), True, blank["feedback_right"])
    for slip in parts_of(blank, "common_errors"):
        if same_text(given, str(slip["value"]), optional):
            return Remark(str(blank["id"]), False, slip["feedback"])
    return Remark(str(blank["id"]), False, blank["feedback_other"])
