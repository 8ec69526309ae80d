"""A person's own data: consent, export, erasure. Each view is for the signed-in person about themselves only."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lms.accounts.consent import PURPOSES, record_consent, withdraw_consent
from lms.accounts.erase_person import erase_person
from lms.accounts.export_person import export_parts
from lms.accounts.models import AccountEvent, Person

_EVENTS_SHOWN = 50


class EraseForm(forms.Form):
    """A deliberate tick: people with a card only have no password to type."""

    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone"),
        error_messages={"required": _("Tick this first if you really want to erase the account.")},
    )


@never_cache
@login_required
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    return _page(request, EraseForm())


@login_required
@require_POST
def change_consent(request: HttpRequest) -> HttpResponse:
    purpose = PURPOSES.get(request.POST.get("purpose", ""))
    if purpose is None or purpose.required:
        return _page(request, EraseForm(), status=400)
    if request.POST.get("agree") == "yes":
        record_consent(_person(request), purpose.code)
    else:
        withdraw_consent(_person(request), purpose.code)
    messages.success(request, gettext("Saved."))
    return redirect("accounts:my_data")


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    body = json.dumps(export_parts(person), ensure_ascii=False, indent=2)
    AccountEvent.objects.create(person=person, actor=person, kind=AccountEvent.Kind.EXPORTED)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    person = _person(request)
    logout(request)
    erase_person(person)
    messages.success(request, gettext("Your account has been erased."))
    return redirect("/")


def _person(request: HttpRequest) -> Person:
    """Behind ``login_required`` it is always a person."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - narrows the type; login_required has checked it
    return person


def _page(request: HttpRequest, form: EraseForm, status: int = 200) -> HttpResponse:
    person = _person(request)
    context = {
        "consents": _consent_rows(person),
        "events": AccountEvent.objects.filter(person=person).select_related("actor")[:_EVENTS_SHOWN],
        "erase_form": form,
    }
    return render(request, "accounts/my_data.html", context, status=status)


def _consent_rows(person: Person) -> list[dict[str, Any]]:
    given = {row.purpose: row for row in person.consents.filter(withdrawn_at__isnull=True)}
    rows = []
    for purpose in PURPOSES.values():
        kept = given.get(purpose.code)
        rows.append(
            {
                "code": purpose.code,
                "text": kept.text if kept else purpose.text,
                "given_at": kept.given_at if kept else None,
                "may_change": not purpose.required,
            }
        )
    return rows
