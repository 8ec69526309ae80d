"""The form for what the log cannot know: one part of plain fields and three lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.gatherings.minutes.paper_forms import paper_forms
from courses.gatherings.minutes.record import Absent, Details, Opinion, Task
from courses.gatherings.minutes.stored import PROVINCE_TIME
from courses.gatherings.minutes.wording import PARTY
from lms.vietnamese import normal

MOST_ROWS = 200
_MOST_MEMBERS = 5_000


class _Words(forms.CharField):
    """Text in one normal form."""

    def clean(self, value: Any) -> str:
        return normal(super().clean(value))


def _count(label: Any) -> forms.IntegerField:
    plain = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=_MOST_MEMBERS, localize=False, widget=plain
    )


def _text(label: Any, most: int, **more: Any) -> _Words:
    return _Words(label=label, required=False, max_length=most, **more)


class MinutesForm(forms.Form):
    hide_optional = True

    form = forms.ChoiceField(label=_("Form of the minutes"))
    number = _text(_("Number of the document"), 20, help_text=_("Only the number, for example 05."))
    place = _text(
        _("Place of the meeting"), 200, help_text=_("House, hamlet, commune: the last part heads the date.")
    )
    began = forms.DateTimeField(
        label=_("Beginning"),
        required=False,
        help_text=_("Change it only if the clock of the computer was wrong."),
        input_formats=["%H:%M %d/%m/%Y"],
        widget=forms.DateTimeInput(format="%H:%M %d/%m/%Y"),
    )
    upper_issuer = _text(_("Organisation above"), 150)
    issuer = _text(_("Organisation that writes"), 150)
    chair = _text(_("Chair"), 100)
    chair_title = _text(_("Office of the chair"), 100)
    secretary = _text(_("Writer of the minutes"), 100)
    speaker = _text(_("Who presented the theme"), 100)
    superiors = _text(_("Guests from above"), 300)
    members_full = _count(_("Full members, all"))
    present_full = _count(_("Full members, present"))
    members_probationary = _count(_("Probationary members, all"))
    present_probationary = _count(_("Probationary members, present"))
    conclusions = _text(_("Conclusions of the chair"), 5_000, widget=forms.Textarea(attrs={"rows": 5}))
    agreed = _count(_("Who agreed to the minutes"))
    recipients = _text(_("Recipients, one a line"), 500, widget=forms.Textarea(attrs={"rows": 3}))
    read_back = forms.BooleanField(label=_("The minutes were read back to everybody."), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, party: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["form"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
        choice.choices = [(one.key, f"{one.title} – {one.basis}") for one in paper_forms().values()]
        if not party:
            del self.fields["members_probationary"], self.fields["present_probationary"]
            self.fields["members_full"].label = _("People expected, all")
            self.fields["present_full"].label = _("People present")

    def clean_began(self) -> dt.datetime | None:
        began: dt.datetime | None = self.cleaned_data["began"]
        return began.astimezone(PROVINCE_TIME) if began else None


class AbsentForm(forms.Form):
    hide_optional = True
    name = _text(_("Full name"), 100)
    reason = _text(_("Reason"), 200)


class OpinionForm(forms.Form):
    hide_optional = True
    speaker = _text(_("Who spoke"), 100)
    said = _text(_("What was said"), 2_000, widget=forms.Textarea(attrs={"rows": 2}))


class TaskForm(forms.Form):
    hide_optional = True
    what = _text(_("Work to be done"), 300)
    who = _text(_("Who does it"), 150)
    due = forms.DateField(
        label=_("By which day"),
        required=False,
        input_formats=["%d/%m/%Y"],
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "31/12/2026"}
        ),
    )


def _rows_of(form: type[forms.Form], extra: int) -> Any:
    return forms.formset_factory(form, extra=extra, max_num=MOST_ROWS, validate_max=True)


class MinutesForms:
    """The four parts of the page together; ``details`` is what they say once they are valid."""

    def __init__(self, details: Details, form: str, version: int, data: Any = None) -> None:
        plain = {name: getattr(details, name) for name in MinutesForm.base_fields if hasattr(details, name)}
        party = paper_forms()[form].kind == PARTY
        initial = {**plain, "form": form, "version": version}
        self.main = MinutesForm(data, initial=initial, party=party)
        self.absent = _rows_of(AbsentForm, 2)(
            data, prefix="vang", initial=[{"name": one.name, "reason": one.reason} for one in details.absent]
        )
        self.opinions = _rows_of(OpinionForm, 3)(
            data,
            prefix="y-kien",
            initial=[{"speaker": one.speaker, "said": one.said} for one in details.opinions],
        )
        self.tasks = _rows_of(TaskForm, 2)(
            data,
            prefix="viec",
            initial=[{"what": one.what, "who": one.who, "due": one.due} for one in details.tasks],
        )
        self._shown = details

    def is_valid(self) -> bool:
        """All four are asked, so that all faults are shown at once."""
        verdicts = [part.is_valid() for part in (self.main, self.absent, self.opinions, self.tasks)]
        return all(verdicts)

    @property
    def details(self) -> Details:
        said = self.main.cleaned_data
        plain = {name: said[name] for name in said if hasattr(self._shown, name)}
        return Details(
            **plain,
            absent=tuple(Absent(row["name"], row["reason"]) for row in _filled(self.absent, "name")),
            opinions=tuple(Opinion(row["speaker"], row["said"]) for row in _filled(self.opinions, "speaker")),
            tasks=tuple(Task(row["what"], row["who"], row["due"]) for row in _filled(self.tasks, "what")),
        )


def _filled(rows: Any, wanted: str) -> list[dict[str, Any]]:
    """An emptied row is a removed row."""
    return [row for row in rows.cleaned_data if row.get(wanted)]
