"""A number with tolerance and unit, typed in the Vietnamese way."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import Context, ItemKind, parts_of, posted_text
from assessments.items.text_match import number_in
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict, verdict_of

FIELD = "so"


class Number(ItemKind):
    code = "number"
    letters = "NU"
    label = gettext_lazy("Number")
    practical = True
    feedback_inline = False

    def validate(self, content: Content) -> list[str]:
        faults = []
        wanted = content.get("answer")
        if not isinstance(wanted, dict) or not _is_number(wanted.get("value")):
            return [_("The right number is missing.")]
        if not _is_number(wanted.get("tolerance", 0)) or wanted.get("tolerance", 0) < 0:
            faults.append(_("The tolerance must be a number that is not negative."))
        for slip in parts_of(content, "common_errors"):
            if not _is_number(slip.get("value")) or _close(float(slip["value"]), content):
                faults.append(_("A usual slip must be a number that is not right."))
        faults += [
            _("“%(field)s” is empty.") % {"field": name}
            for name in ("feedback_right", "feedback_other")
            if not str(content.get(name) or "").strip()
        ]
        return faults

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        return {
            "field": FIELD,
            "unit": content["answer"].get("unit", ""),
            "given": (draft or {}).get("typed", ""),
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        right = content["answer"]["value"]
        return {**self.ask(content, seed, verdict.answer), "right": verdict.correct, "right_number": right}

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        typed = posted_text(post, FIELD)
        value = number_in(typed)
        if value is None:
            raise BadAnswer(_("Write a number, for example 35.000."), {"typed": typed})
        return {"typed": typed, "number": value}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        value = answer.get("number")
        if not _is_number(value):
            return verdict_of(0.0, answer)
        if _close(float(value or 0), content):
            return verdict_of(1.0, answer, (Remark("answer", True, content["feedback_right"]),))
        for slip in parts_of(content, "common_errors"):
            if float(slip["value"]) == value:
                return verdict_of(0.0, answer, (Remark("answer", False, slip["feedback"]),))
        return verdict_of(0.0, answer, (Remark("answer", False, content["feedback_other"]),))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _close(value: float, content: Content) -> bool:
    wanted = content["answer"]
    return abs(value - float(wanted["value"])) <= float(wanted.get("tolerance") or 0)
