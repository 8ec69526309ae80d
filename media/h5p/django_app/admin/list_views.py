"""What there is: activities, one activity with what people did in it, installed libraries and what uses them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Avg, Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from media.h5p.django_app.admin.access import editor_of
from media.h5p.django_app.admin.forms import ActivityForm
from media.h5p.django_app.blind_content import is_blind
from media.h5p.django_app.models import Activity, Attempt, Library

_ON_A_PAGE = 50
# A site has a few dozen; one page, one query.
_MOST_LIBRARIES = 1_000


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    editor_of(request)
    found = Activity.objects.select_related("current__content__main_library").annotate(
        attempts=Count("versions__attempts")
    )
    page = Paginator(found.order_by("title", "pk"), _ON_A_PAGE).get_page(request.GET.get("p"))
    return render(request, "h5p/admin/activities.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Tried out here, its settings, its versions, its attempts and answers."""
    editor_of(request)
    shown = get_object_or_404(Activity.objects.select_related("current__content__main_library"), pk=pk)
    form = ActivityForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The activity was changed."))
        return redirect("h5p_activity", pk)
    context = {
        "activity": shown,
        "form": form,
        "really_blind": shown.current is not None and is_blind(shown.current),
        "versions": shown.versions.annotate(tried=Count("attempts")),
        **_attempts(request, shown),
    }
    return render(request, "h5p/admin/activity.html", context, status=400 if form.errors else 200)


def _attempts(request: HttpRequest, shown: Activity) -> dict[str, Any]:
    found = Attempt.objects.filter(version__activity=shown).select_related("person", "version")
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("p"))
    sums = found.aggregate(
        all=Count("pk"),
        finished=Count("pk", filter=Q(finished_at__isnull=False)),
        mismatched=Count("pk", filter=Q(mismatch=True)),
        share=Avg(F("raw") / F("maximum"), filter=Q(verified=True, maximum__gt=0)),
    )
    return {
        "page": page,
        "sums": sums,
        "share": None if sums["share"] is None else round(100 * sums["share"]),
    }


@require_safe
def attempt(request: HttpRequest, pk: int, attempt_pk: int) -> HttpResponse:
    """One attempt: every statement, and what the server made of the answers."""
    editor_of(request)
    known = Attempt.objects.select_related("person", "version__activity")
    found = get_object_or_404(known, pk=attempt_pk, version__activity_id=pk)
    return render(
        request, "h5p/admin/attempt.html", {"attempt": found, "statements": found.statements.all()[:500]}
    )


@require_safe
def libraries(request: HttpRequest) -> HttpResponse:
    editor_of(request)
    found = Library.objects.annotate(
        contents_using=Count("used_in", distinct=True),
        activities_using=Count("used_in__versions__activity", distinct=True),
    ).select_related("installed_by")
    shown = found.order_by("machine_name", "-major", "-minor")[:_MOST_LIBRARIES]
    return render(request, "h5p/admin/libraries.html", {"libraries": shown})


@require_safe
def library(request: HttpRequest, pk: int) -> HttpResponse:
    """One library: its files and the activities that use it now."""
    editor_of(request)
    found = get_object_or_404(Library, pk=pk)
    using = Activity.objects.filter(current__content__libraries=found)
    context = {"library": found, "files": found.files.order_by("path"), "activities": using}
    return render(request, "h5p/admin/library.html", context)
