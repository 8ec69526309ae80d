"""One best answer among three or four options."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import (
    Context,
    ItemKind,
    check_parts,
    letter,
    parts_of,
    required_position,
    shape,
    shuffled,
)
from assessments.items.verdict import Answer, Content, Remark, Verdict, verdict_of

FIELD = "tra_loi"


class Choice(ItemKind):
    code = "choice"
    letters = "CH"
    label = gettext_lazy("Choice")
    feedback_inline = False
    fewest, most = 2, 6

    def validate(self, content: Content) -> list[str]:
        options = parts_of(content, "options")
        faults = check_parts(options, self.fewest, self.most, ("text", "feedback"))
        if sum(option.get("correct") is True for option in options) != 1:
            faults.append(_("Exactly one option must be the right one."))
        return faults

    def order(self, content: Content, seed: int) -> list[Content]:
        options = parts_of(content, "options")
        return options if content.get("keep_order") else shuffled(options, seed)

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        chosen = (draft or {}).get("option")
        return {
            "field": FIELD,
            "options": [
                {
                    "value": place,
                    "letter": letter(place),
                    "shape": shape(place),
                    "text": option["text"],
                    "mine": option["id"] == chosen,
                }
                for place, option in enumerate(self.order(content, seed))
            ],
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        context = self.ask(content, seed, verdict.answer)
        for shown, option in zip(context["options"], self.order(content, seed), strict=True):
            shown["right"] = option.get("correct") is True
            # The callout says it for the chosen option; here it stands with the others.
            shown["feedback"] = "" if shown["mine"] else option["feedback"]
        return context

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        options = self.order(content, seed)
        place = required_position(post, FIELD, len(options), _("Choose one answer first."))
        return {"option": options[place]["id"]}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        for option in parts_of(content, "options"):
            if option["id"] == answer.get("option"):
                right = option.get("correct") is True
                remark = Remark(str(option["id"]), right, option["feedback"])
                critical = (str(option["critical"]),) if option.get("critical") else ()
                return verdict_of(float(right), answer, (remark,), critical)
        return verdict_of(0.0, answer)
