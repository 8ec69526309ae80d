"""An inbox of real and fake messages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import Context
from assessments.items.kinds.judge_cases import JudgeCases
from assessments.items.verdict import Content


class MessageTriage(JudgeCases):
    code = "message_triage"
    letters = "TR"
    label = gettext_lazy("Message triage")
    parts_name = "messages"
    genuine_label = gettext_lazy("Can be trusted")
    fake_label = gettext_lazy("A fraud")

    def public(self, case: Content) -> Context:
        return {"sender": case.get("sender", "")}
