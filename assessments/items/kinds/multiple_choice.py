"""Several right answers; the item says how many to choose."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import parts_of, shuffled
from assessments.items.kinds.pick_some import PickSome
from assessments.items.verdict import Content


class MultipleChoice(PickSome):
    code = "multiple_choice"
    letters = "MC"
    label = gettext_lazy("Multiple choice")
    parts_name = "options"
    count_name = "select"

    def order(self, content: Content, seed: int) -> list[Content]:
        return shuffled(parts_of(content, self.parts_name), seed)
