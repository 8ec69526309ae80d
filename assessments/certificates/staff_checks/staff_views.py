"""The overview of staff, subscriptions and keys for programs. For HR officers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.certificates.staff_checks.access import UNIT_PARAMETER, chosen_unit, officer_of, units_of
from assessments.certificates.staff_checks.forms import SubscriptionForm, TokenForm
from assessments.certificates.staff_checks.models import StaffNotice, StaffSubscription
from assessments.certificates.staff_checks.officer_token import (
    MOST_TOKENS,
    VALID_DAYS,
    TooManyTokens,
    issue_token,
    open_tokens,
    revoke_token,
)
from assessments.certificates.staff_checks.staff_overview import (
    EVERYBODY,
    FILTERS,
    Question,
    count_skills,
    count_staff,
    skills_checked,
    staff_lines,
    staff_shown,
)
from assessments.certificates.staff_checks.tables import overview_table, xlsx_bytes
from assessments.certificates.staff_checks.tasks import note_overview_task
from assessments.certificates.staff_checks.views import XLSX, attachment
from lms.organisations.api import STAFF_CHECK_ROLES, Unit, role_required

_PER_PAGE = 50
_MOST_EXPORTED = 20_000
_NOTED_FOR = 30 * 24 * 3600


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who of the staff holds what."""
    units = units_of(request)
    unit = chosen_unit(request)
    skills = skills_checked()
    question = _question(request, unit, {skill.code for skill in skills})
    counts = count_staff(unit, skills, question.skill)
    pages = Paginator(staff_shown(question, skills), _PER_PAGE)
    pages.count = counts[question.shown]  # already counted with the other filters
    page = pages.get_page(request.GET.get("trang"))
    _note(request, unit)
    here = {UNIT_PARAMETER: str(unit.uuid)} if len(units) > 1 else {}
    context = {
        "unit": unit,
        "units": units,
        "question": question,
        "skills": skills,
        "filters": [(one, counts[one.key]) for one in FILTERS],
        "everybody": counts[EVERYBODY],
        "by_skill": count_skills(unit, skills, counts[EVERYBODY]),
        "kept": urlencode({**here, "ky-nang": question.skill} if question.skill else here),
        "kept_unit": urlencode(here),
        "page": page,
        "lines": staff_lines(list(page), unit, skills),
        "as_of": timezone.now(),
    }
    return render(request, "certificates/staff_checks/overview.html", context)


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_safe
def overview_file(request: HttpRequest) -> HttpResponse:
    unit = chosen_unit(request)
    skills = skills_checked()
    question = _question(request, unit, {skill.code for skill in skills})
    people = list(staff_shown(question, skills)[:_MOST_EXPORTED])
    _note(request, unit)
    table = overview_table(staff_lines(people, unit, skills), skills)
    widths = (30, 16, *([24, 14] * len(skills)), 24)
    name = f"chung-nhan-can-bo-{timezone.localdate():%Y-%m-%d}.xlsx"
    return attachment(xlsx_bytes("Cán bộ", table, widths), XLSX, name)


def _question(request: HttpRequest, unit: Unit, codes: set[str]) -> Question:
    """An unknown filter shows everybody."""
    shown, skill = request.GET.get("loc", ""), request.GET.get("ky-nang", "")
    known = {one.key for one in FILTERS}
    return Question(unit, shown if shown in known else "", skill if skill in codes else "")


def _note(request: HttpRequest, unit: Unit) -> None:
    """Holders read once a month that their unit looks on."""
    officer = officer_of(request)
    if cache.add(f"staff-overview:{officer.pk}:{unit.pk}", 1, _NOTED_FOR):
        note_overview_task.delay(officer.pk, unit.pk)


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What was told, and about which units to be told."""
    officer = officer_of(request)
    form = SubscriptionForm(request.POST or None, units=units_of(request))
    if request.method == "POST" and form.is_valid():
        StaffSubscription.objects.update_or_create(
            person=officer,
            unit=form.cleaned_data["unit"],
            defaults={"by_email": form.cleaned_data["by_email"]},
        )
        messages.success(request, _("You will be told about the staff of this unit."))
        return redirect("certificates:staff_checks:notices")
    told = StaffNotice.objects.filter(person=officer).select_related("certificate__person")
    context = {
        "form": form,
        "subscriptions": StaffSubscription.objects.filter(person=officer).select_related("unit"),
        "page": Paginator(told, _PER_PAGE).get_page(request.GET.get("trang")),
        "unread": told.filter(read_at__isnull=True).count(),
        "officer": officer,
    }
    status = 400 if form.is_bound else 200
    return render(request, "certificates/staff_checks/notices.html", context, status=status)


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    StaffNotice.objects.filter(person=officer_of(request), read_at__isnull=True).update(
        read_at=timezone.now()
    )
    return redirect("certificates:staff_checks:notices")


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_POST
def end_subscription(request: HttpRequest, unit_uuid: uuid.UUID) -> HttpResponse:
    StaffSubscription.objects.filter(person=officer_of(request), unit__uuid=unit_uuid).delete()
    return redirect("certificates:staff_checks:notices")


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """A new key is shown in the answer to the form, and never again."""
    officer = officer_of(request)
    form = TokenForm(request.POST or None, units=units_of(request))
    fresh = ""
    if request.method == "POST" and form.is_valid():
        try:
            fresh = issue_token(officer, form.cleaned_data["unit"], form.cleaned_data["name"])
        except TooManyTokens:
            words = _("You have %(most)s keys already. Withdraw one first.") % {"most": MOST_TOKENS}
            form.add_error(None, words)
    context = {"form": form, "fresh": fresh, "tokens": open_tokens(officer), "days": VALID_DAYS}
    status = 400 if form.is_bound and not fresh else 200
    return render(request, "certificates/staff_checks/tokens.html", context, status=status)


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_POST
def withdraw_token(request: HttpRequest, token_uuid: uuid.UUID) -> HttpResponse:
    if revoke_token(officer_of(request), token_uuid):
        messages.success(request, _("The key was withdrawn."))
    return redirect("certificates:staff_checks:tokens")
