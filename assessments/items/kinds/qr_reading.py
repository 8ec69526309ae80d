"""Reading the text inside a training QR code, field by field."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items import qr_payload
from assessments.items.kinds.base import Context, ItemKind, check_parts, parts_of, posted_text
from assessments.items.text_match import any_same, number_in
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict, verdict_of

FIELD = "cau_"
# What a phone shows after a scan, in the order of its screen.
_SCREEN = (
    ("bank", gettext_lazy("Bank")),
    ("account", gettext_lazy("Account number")),
    ("name", gettext_lazy("Recipient")),
    ("amount", gettext_lazy("Amount")),
)


class QrReading(ItemKind):
    code = "qr_reading"
    letters = "QR"
    label = gettext_lazy("QR reading")
    practical = True

    def validate(self, content: Content) -> list[str]:
        questions = parts_of(content, "questions")
        faults = check_parts(questions, 1, 6, ("text", "feedback_right", "feedback_wrong"))
        faults += [
            _("Question “%(id)s” accepts nothing.") % {"id": question.get("id", "?")}
            for question in questions
            if not question.get("accept") and "accept_number" not in question
        ]
        try:
            training = qr_payload.is_training(str(content.get("payload", "")))
        except qr_payload.PayloadError:
            training = False
        if not training:
            faults.append(_("The code must be a training code: BIN 999999 and a wrong check value."))
        return faults

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        given = (draft or {}).get("questions", {})
        return {
            "payload": content["payload"],
            "screen": _screen(content),
            "rows": [
                {
                    "name": f"{FIELD}{place}",
                    "text": question["text"],
                    "given": given.get(str(question["id"]), ""),
                }
                for place, question in enumerate(parts_of(content, "questions"))
            ],
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        context = self.ask(content, seed, verdict.answer)
        context["fields"] = qr_payload.decode(content["payload"])
        for row, remark in zip(context["rows"], self.grade(content, verdict.answer).remarks, strict=True):
            row["right"] = remark.right
            row["feedback"] = remark.text
        return context

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        given = {
            str(question["id"]): posted_text(post, f"{FIELD}{place}")
            for place, question in enumerate(parts_of(content, "questions"))
        }
        if not all(given.values()):
            raise BadAnswer(_("Answer every question."), {"questions": given})
        return {"questions": given}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        given = answer.get("questions", {})
        remarks = tuple(
            _judged(one, str(given.get(str(one["id"]), ""))) for one in parts_of(content, "questions")
        )
        return verdict_of(sum(remark.right for remark in remarks) / len(remarks), answer, remarks)


def _screen(content: Content) -> list[tuple[Any, str]]:
    """Rows of the screen after the scan; empty when the text of the code itself is to be read."""
    shown = content.get("shown_after_scan")
    return [(label, str(shown.get(name) or "")) for name, label in _SCREEN] if isinstance(shown, dict) else []


def _judged(question: Content, given: str) -> Remark:
    if "accept_number" in question:
        right = number_in(given) == float(question["accept_number"])
    else:
        right = any_same(given, map(str, question["accept"]), diacritics_optional=True)
    return Remark(str(question["id"]), right, question["feedback_right" if right else "feedback_wrong"])
