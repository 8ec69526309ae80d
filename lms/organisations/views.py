"""My units and the people of a unit: for facilitators, cell secretaries and administrators."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms import vietnamese
from lms.accounts.api import LearnerCard, Person
from lms.organisations.add_person import add_person
from lms.organisations.context import ROSTER_ROLES
from lms.organisations.forms import AddPersonForm
from lms.organisations.models import Membership, Unit
from lms.organisations.scope import people_visible_to, role_required, units_visible_to

_PER_PAGE = 50
_LONGEST_SEARCH = 100


def visible_unit(request: HttpRequest, unit_uuid: uuid.UUID) -> Unit:
    """404 for units that are not there and for units of others alike."""
    return get_object_or_404(units_visible_to(request.user, *ROSTER_ROLES), uuid=unit_uuid)


def signed_in(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def people_of(request: HttpRequest, unit: Unit) -> QuerySet[Person]:
    """People whose current membership lies in this unit or below, within what this person may see."""
    memberships = Membership.objects.current().filter(person=OuterRef("pk"), unit__path__startswith=unit.path)
    return people_visible_to(request.user, *ROSTER_ROLES).filter(Exists(memberships))


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """A page that does not exist is the nearest one that does."""
    return Paginator(rows, _PER_PAGE).get_page(request.GET.get("trang"))


def search_words(request: HttpRequest) -> str:
    return vietnamese.normal(request.GET.get("q", ""))[:_LONGEST_SEARCH]


@never_cache
@role_required(*ROSTER_ROLES)
@require_safe
def my_units(request: HttpRequest) -> HttpResponse:
    words = search_words(request)
    units = units_visible_to(request.user, *ROSTER_ROLES)
    if words:
        units = units.filter(folded_name__contains=vietnamese.folded(words))
    units = units.annotate(
        members=Count("memberships", filter=Q(memberships__valid_to__isnull=True), distinct=True)
    )
    context = {"page": page_of(request, units), "words": words}
    return render(request, "organisations/my_units.html", context)


@never_cache
@role_required(*ROSTER_ROLES)
@require_safe
def unit_people(request: HttpRequest, unit_uuid: uuid.UUID) -> HttpResponse:
    unit = visible_unit(request, unit_uuid)
    words = search_words(request)
    people = people_of(request, unit)
    if words:
        people = people.filter(folded_name__contains=vietnamese.folded(words))
    card = LearnerCard.objects.filter(person=OuterRef("pk"), revoked_at__isnull=True)
    people = people.annotate(has_card=Exists(card)).order_by("sort_name", "pk")
    context = {
        "unit": unit,
        "page": page_of(request, people),
        "words": words,
        "below": units_visible_to(request.user, *ROSTER_ROLES).filter(
            path__startswith=unit.path, depth=unit.depth + 1
        ),
        "request_uuid": uuid.uuid4(),
    }
    return render(request, "organisations/unit_people.html", context)


@never_cache
@role_required(*ROSTER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_one(request: HttpRequest, unit_uuid: uuid.UUID) -> HttpResponse:
    unit = visible_unit(request, unit_uuid)
    form = AddPersonForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        person = add_person(unit, form.details(), signed_in(request), form.cleaned_data["person_uuid"])
        messages.success(request, gettext("%(name)s has been added.") % {"name": person})
        return redirect("organisations:unit_people", unit_uuid=unit.uuid)
    status = 400 if form.is_bound else 200
    return render(request, "organisations/add_one.html", {"unit": unit, "form": form}, status=status)
