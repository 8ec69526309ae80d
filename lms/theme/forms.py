"""How every Django form of the site is drawn: label above, then hint, error and field."""

from __future__ import annotations

from typing import NamedTuple

from django.forms import BaseForm, BoundField, CheckboxInput, MultiWidget, SelectDateWidget
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop

# Django's own words, which our catalogue says more kindly and with what to do.
KINDER_WORDS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid date/time."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
    gettext_noop("The submitted file is empty."),
)


class ThemeRenderer(DjangoTemplates):
    form_template_name = "theme/forms/form.html"
    field_template_name = "theme/forms/field.html"


class FormError(NamedTuple):
    """One line of the error summary; ``field_id`` is empty when no single field is to blame."""

    field_id: str
    label: str
    message: str


def widget_kind(field: BoundField) -> str:
    """Which of the four drawings of ``theme/forms/field.html`` fits the widget."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, MultiWidget | SelectDateWidget):
        return "group"
    return "plain"


def draw_widget(field: BoundField) -> SafeString:
    """The widget with the class of the look; Django adds what describes it."""
    if widget_kind(field) not in ("plain", "group"):
        return field.as_widget()
    classes = f"in {field.field.widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": classes})


def first_input_id(field: BoundField) -> str:
    """Where a link of the error summary leads; a group of choices has no id of its own."""
    if widget_kind(field) == "choices" and field.subwidgets:
        return field.subwidgets[0].id_for_label or ""
    return field.id_for_label or field.auto_id


def form_errors(form: BaseForm) -> list[FormError]:
    lines = [FormError("", "", str(error)) for error in form.non_field_errors()]
    for field in form:
        label = "" if field.is_hidden else str(field.label)
        target = "" if field.is_hidden else first_input_id(field)
        lines += [FormError(target, label, str(error)) for error in field.errors]
    return lines
