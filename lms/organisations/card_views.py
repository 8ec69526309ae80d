"""Learner cards for people of a unit: print, replace, withdraw. For facilitators, cell secretaries, administrators."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lms.accounts.api import (
    CardRefused,
    LearnerCard,
    Person,
    PrintedCard,
    card_sheet_pdf,
    issue_card,
    revoke_cards,
)
from lms.organisations.context import ROSTER_ROLES
from lms.organisations.models import Unit
from lms.organisations.scope import role_required
from lms.organisations.views import people_of, signed_in, visible_unit

MOST_CARDS = 200


def _uuids(values: list[str]) -> list[uuid.UUID]:
    """What can be read as a UUID; the rest was never on our page."""
    found = []
    for value in values[: MOST_CARDS + 1]:
        try:
            found.append(uuid.UUID(value))
        except ValueError:
            continue
    return found


@never_cache
@role_required(*ROSTER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def print_cards(request: HttpRequest, unit_uuid: uuid.UUID) -> HttpResponse:
    """GET lists people without a card; POST makes cards for those chosen and answers with the sheet to print."""
    unit = visible_unit(request, unit_uuid)
    if request.method != "POST":
        return _page(request, unit)
    batch = _uuids([request.POST.get("cards_uuid", "")])
    chosen = list(
        people_of(request, unit).filter(uuid__in=_uuids(request.POST.getlist("person")))[:MOST_CARDS]
    )
    if not batch or not chosen:
        return _page(request, unit, gettext("Choose at least one person."))
    printed = _issue(request, unit, chosen, batch[0])
    if not printed:
        return _page(
            request, unit, gettext("These people sign in with a password and a second step, not with a card.")
        )
    response = HttpResponse(card_sheet_pdf(printed), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="the-hoc-vien.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@never_cache
@role_required(*ROSTER_ROLES)
@require_POST
def withdraw_cards(request: HttpRequest, unit_uuid: uuid.UUID) -> HttpResponse:
    unit = visible_unit(request, unit_uuid)
    person = people_of(request, unit).filter(uuid__in=_uuids([request.POST.get("person", "")])).first()
    if person is None:
        return _page(request, unit, gettext("Choose at least one person."))
    revoke_cards(person, signed_in(request))
    messages.success(request, gettext("The card of %(name)s no longer works.") % {"name": person})
    return redirect("organisations:unit_people", unit_uuid=unit.uuid)


def _issue(request: HttpRequest, unit: Unit, people: list[Person], batch: uuid.UUID) -> list[PrintedCard]:
    printed = []
    for person in people:
        try:
            issued = issue_card(person, signed_in(request), request_uuid=batch)
        except CardRefused:
            continue
        printed.append(PrintedCard(issued, str(unit.full_title)))
    left_out = len(people) - len(printed)
    if printed and left_out:
        text = ngettext("%(n)s person was left out.", "%(n)s people were left out.", left_out)
        messages.warning(request, text % {"n": left_out})
    return printed


def _without_card(request: HttpRequest, unit: Unit) -> QuerySet[Person]:
    card = LearnerCard.objects.filter(person=OuterRef("pk"), revoked_at__isnull=True)
    return people_of(request, unit).exclude(Exists(card)).order_by("sort_name", "pk")


def _page(request: HttpRequest, unit: Unit, problem: str = "") -> HttpResponse:
    chosen = request.GET.get("nguoi", "")
    people = (
        people_of(request, unit).filter(uuid__in=_uuids([chosen])) if chosen else _without_card(request, unit)
    )
    context = {
        "unit": unit,
        "people": list(people[:MOST_CARDS]),
        "one": bool(chosen),
        "problem": problem,
        "cards_uuid": uuid.uuid4(),
    }
    return render(request, "organisations/print_cards.html", context, status=400 if problem else 200)
