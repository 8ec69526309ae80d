"""The sorts of fields that parts of an item have; each turns what an editor writes into a value of the content."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LONGEST = 600
_SIDES = 4


class TextField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 2}), **options
        )


class LineField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=_LONGEST, **options)


class TickField(forms.BooleanField):
    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


class NumberField(forms.FloatField):
    """A whole number stays one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, localize=False, **options)

    def to_python(self, value: Any) -> Any:
        number: float | None = super().to_python(value)
        return int(number) if number is not None and number.is_integer() else number


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}), **options
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class SlipsField(LinesField):
    """Usual wrong answers: the answer, a bar, and what is said about it; one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.max_length = None
        self.help_text = _("One a line: wrong answer | explanation")

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{slip.get('value')} | {slip.get('feedback', '')}" for slip in value)

    def to_python(self, value: Any) -> Any:
        slips = []
        for line in super().to_python(value):
            wrong, bar, feedback = line.partition("|")
            if not (bar and wrong.strip() and feedback.strip()):
                raise ValidationError(_("Write each line as: wrong answer | explanation"))
            slips.append({"value": wrong.strip(), "feedback": feedback.strip()})
        return slips


class PlaceField(forms.CharField):
    """A place in the picture in percent: from the left, from the top, width, height."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"data-region": "", "inputmode": "decimal"})
        super().__init__(required=False, max_length=60, widget=widget, **options)
        self.help_text = _("Percent of the picture: left, top, width, height. Or draw it on the picture.")

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return []
        try:
            sides = [float(side) for side in text.split(",")]
        except ValueError:
            sides = []
        if len(sides) != _SIDES:
            raise ValidationError(_("Write four numbers with commas between."))
        return [int(side) if side.is_integer() else side for side in sides]


class OneOfField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
