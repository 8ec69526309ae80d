"""Small blocks that everything else is made of: texts, choices, ids that nobody sees, kept text that nobody changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    FieldBlock,
    FloatBlock,
    IntegerBlock,
    MultipleChoiceBlock,
    TextBlock,
)

from assessments.items.yaml_text import read_text

Choice = tuple[Any, Any]
LONGEST_LINE, LONGEST_TEXT = 2000, 4000


class HiddenBlock(FieldBlock):
    """An id: made by the system, carried along, never shown."""

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
        super().__init__(form_classname="task-hidden", label=" ", **kwargs)


def _still_readable(text: str) -> None:
    """The form shows it read-only; what comes back may be anything."""
    try:
        found = read_text(text)
    except (yaml.YAMLError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ValidationError(_("This part was changed and can no longer be read. Please remove it."))


class KeptBlock(FieldBlock):
    """What blocks cannot say, as text: it may be read, moved and removed, not changed."""

    def __init__(self, **kwargs: Any) -> None:
        area = forms.Textarea(attrs={"readonly": True, "rows": 6, "spellcheck": "false"})
        self.field = forms.CharField(required=False, widget=area, validators=[_still_readable])
        super().__init__(**kwargs)

    class Meta:
        icon = "lock"
        label = _("Written by hand (kept as it is)")
        group = _("Other")
        help_text = _("This part is too rich for the fields. It works; change it in the file of the task.")


def line(label: Any, help_text: Any = "") -> CharBlock:
    return CharBlock(required=False, max_length=LONGEST_LINE, label=label, help_text=help_text)


def lines(label: Any, help_text: Any = "", rows: int = 2) -> TextBlock:
    return TextBlock(required=False, max_length=LONGEST_TEXT, label=label, help_text=help_text, rows=rows)


def whole(label: Any, help_text: Any = "", low: int = 0, high: int = 1_000_000_000) -> IntegerBlock:
    return IntegerBlock(required=False, min_value=low, max_value=high, label=label, help_text=help_text)


def percent(label: Any) -> FloatBlock:
    return FloatBlock(required=False, min_value=0, max_value=100, label=label)


def tick(label: Any, help_text: Any = "") -> BooleanBlock:
    return BooleanBlock(required=False, label=label, help_text=help_text)


def pick(label: Any, choices: Sequence[Choice], help_text: Any = "", default: str = "") -> ChoiceBlock:
    return ChoiceBlock(
        choices=[("", _("– choose –")), *choices],
        required=False,
        label=label,
        help_text=help_text,
        default=default,
    )


def pick_sure(label: Any, choices: Sequence[Choice], help_text: Any = "") -> ChoiceBlock:
    """Without an empty choice: the first one is the default."""
    first = choices[0][0]
    return ChoiceBlock(choices=list(choices), default=first, label=label, help_text=help_text)


def pick_many(label: Any, choices: Sequence[Choice], help_text: Any = "") -> MultipleChoiceBlock:
    boxes = forms.CheckboxSelectMultiple
    return MultipleChoiceBlock(
        choices=list(choices), required=False, label=label, help_text=help_text, widget=boxes
    )
