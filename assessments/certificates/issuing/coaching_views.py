"""Guiding others: a guide's link, and the guided person's yes, which can be taken back. For everybody signed in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.certificates.issuing import award_coaching
from assessments.certificates.models import Coaching
from lms.accounts.api import Person


@never_cache
@login_required
@require_safe
def coaching(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    link = reverse("certificates:coaching_consent", args=[award_coaching.invitation(person)])
    mine = Coaching.objects.filter(withdrawn_at__isnull=True)
    context = {
        "link": f"{settings.SITE_URL}{link}",
        "days": award_coaching.INVITATION_DAYS,
        "agreed": mine.filter(coach=person).count(),
        "progress": award_coaching.progress(person),
        "guides": mine.filter(learner=person).select_related("coach"),
    }
    return render(request, "certificates/issuing/coaching.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing is agreed to by opening the link."""
    person = _person(request)
    try:
        coach = award_coaching.invited_by(token, person)
    except award_coaching.NotInvited:
        return render(request, "certificates/issuing/coaching_consent.html", {"coach": None}, status=404)
    if request.method != "POST":
        return render(request, "certificates/issuing/coaching_consent.html", {"coach": coach})
    award_coaching.agree(person, coach)
    messages.success(request, gettext("Thank you. You can take this back at any time."))
    return redirect("certificates:coaching")


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, coaching_id: int) -> HttpResponse:
    if not award_coaching.take_back(_person(request), coaching_id):
        raise Http404
    messages.success(request, gettext("Taken back. You no longer count among the people guided."))
    return redirect("certificates:coaching")


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user
