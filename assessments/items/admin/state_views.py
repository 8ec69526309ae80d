"""State and history of an item: what may happen next, and what happened. For editors."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assessments.items.admin.access import editor_of, item_for_editor
from assessments.items.change_state import StateRefused, change_state, moves_for
from assessments.items.difference_words import changed_lists
from assessments.items.facts import overdue_facts_of
from assessments.items.models import Item, ItemState


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    at: datetime.datetime
    title: str
    person: str
    reason: str
    changes: list[str] = field(default_factory=list)


class StateForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("New state"), choices=ItemState, widget=forms.RadioSelect, required=True
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed when something goes back or is retired."),
    )


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, pk: int) -> HttpResponse:
    item, person = item_for_editor(request, pk), editor_of(request)
    form = StateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change_state(item, form.cleaned_data["state"], person, form.cleaned_data["reason"])
        except StateRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The state was changed."))
            return redirect("items_state", pk)
    moves = moves_for(item, person)
    form.fields["state"].choices = [(state, state.label) for state, words in moves if not words]  # type: ignore[attr-defined]  # a choice field
    context = {
        "item": item,
        "form": form,
        "refused": [(state.label, words) for state, words in moves if words],
        "history": history_of(item),
        "overdue": overdue_facts_of(item),
        "tab": "state",
    }
    return render(request, "items/admin/state.html", context, status=400 if form.errors else 200)


def history_of(item: Item) -> list[Entry]:
    """Versions and changes of state together, the latest first."""
    versions = list(item.versions.select_related("created_by"))
    changed = changed_lists(versions)
    entries = [
        Entry(
            version.created_at,
            _("Version %(number)s") % {"number": version.number},
            _named(version.created_by),
            version.reason,
            changed.get(version.pk, []),
        )
        for version in versions
    ]
    for change in item.state_changes.select_related("person", "version"):
        words = {"before": change.get_before_display() or "–", "after": change.get_after_display()}
        title = _("%(before)s → %(after)s") % words
        entries.append(Entry(change.at, title, _named(change.person), change.reason))
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _named(person: object) -> str:
    return str(person) if person else _("from a file")
