"""Shared by kinds where several cases are judged genuine or fake: calling everything fake earns nothing."""

from __future__ import annotations

import re
from typing import ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments.items import scoring
from assessments.items.kinds.base import Context, ItemKind, check_parts, parts_of, shuffled, unreadable
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict, verdict_of

FIELD = "tin_"
GENUINE, FAKE = "that", "gia"
_QUOTED = re.compile("“([^”]{2,30})”")


class JudgeCases(ItemKind):
    practical = True
    parts_name: ClassVar[str]
    genuine_label: ClassVar[str | Promise]
    fake_label: ClassVar[str | Promise]

    def public(self, case: Content) -> Context:
        return {}

    def validate(self, content: Content) -> list[str]:
        cases = parts_of(content, self.parts_name)
        faults = check_parts(cases, 2, 12, ("text", "feedback"))
        genuine = sum(case.get("genuine") is True for case in cases)
        if genuine * 2 != len(cases):
            faults.append(_("Half of the cases must be genuine."))
        return faults

    def labels(self, content: Content) -> tuple[str, str]:
        """The two verdicts, genuine first, in the words of the question when it quotes exactly two."""
        quoted = _QUOTED.findall(str(content["stem"]))
        usual = (str(self.genuine_label), str(self.fake_label))
        if len(quoted) == 2 and not set(usual) & set(quoted):
            return quoted[0], quoted[1]
        return usual

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        judged = (draft or {}).get("genuine", {})
        genuine_label, fake_label = self.labels(content)
        return {
            "genuine_label": genuine_label,
            "fake_label": fake_label,
            "cases": [
                {
                    "name": f"{FIELD}{place}",
                    "number": place + 1,
                    "text": case["text"],
                    "said_genuine": judged.get(str(case["id"])) is True,
                    "said_fake": judged.get(str(case["id"])) is False,
                    **self.public(case),
                }
                for place, case in enumerate(self.order(content, seed))
            ],
        }

    def order(self, content: Content, seed: int) -> list[Content]:
        return shuffled(parts_of(content, self.parts_name), seed)

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        context = self.ask(content, seed, verdict.answer)
        judged = verdict.answer.get("genuine", {})
        for shown, case in zip(context["cases"], self.order(content, seed), strict=True):
            genuine = case.get("genuine") is True
            shown["truth"] = context["genuine_label"] if genuine else context["fake_label"]
            shown["right"] = judged.get(str(case["id"])) is genuine
            shown["feedback"] = case["feedback"]
        return context

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        judged: dict[str, bool] = {}
        cases = self.order(content, seed)
        for place, case in enumerate(cases):
            said = post.get(f"{FIELD}{place}", "")
            if said not in {GENUINE, FAKE, ""}:
                raise BadAnswer(unreadable())
            if said:
                judged[str(case["id"])] = said == GENUINE
        if len(judged) < len(cases):
            raise BadAnswer(_("Judge every case."), {"genuine": judged})
        return {"genuine": judged}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        cases = parts_of(content, self.parts_name)
        truth = {str(case["id"]): case.get("genuine") is True for case in cases}
        judged = {str(one): value for one, value in answer.get("genuine", {}).items()}
        remarks = tuple(
            Remark(str(case["id"]), judged.get(str(case["id"])) is truth[str(case["id"])], case["feedback"])
            for case in cases
        )
        return verdict_of(scoring.discrimination(truth, judged), answer, remarks)
