"""A form with planted faults; the number of faults is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import Context
from assessments.items.kinds.pick_some import PickSome
from assessments.items.verdict import Answer, Content


class DocumentCheck(PickSome):
    code = "document_check"
    letters = "DC"
    label = gettext_lazy("Document check")
    practical = True
    parts_name = "fields"
    key_name = "fault"
    count_name = "faults_to_find"
    text_name = "value"
    fewest = 4

    def public(self, part: Content) -> Context:
        return {"label": part.get("label", "")}

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        return {**super().ask(content, seed, draft), "document_title": content.get("document_title", "")}
