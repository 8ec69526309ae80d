"""What the answers say about an item. For editors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.items.admin.access import item_for_editor
from assessments.items.admin.answer_report import report_of
from assessments.items.count_answers import statistics_of


@require_GET
def statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """The present question first, then the earlier ones; versions that ask the same stand together."""
    item = item_for_editor(request, pk)
    versions = list(item.versions.order_by("-number"))
    sums = statistics_of(version.question_id for version in versions)
    reports = []
    for version in versions:
        if version.same_as_id is None:
            same = [one.number for one in versions if one.question_id == version.pk]
            latest = next(one for one in versions if one.number == max(same))
            reports.append(report_of(latest.content, sorted(same), sums.get(version.pk)))
    context = {"item": item, "reports": reports, "tab": "statistics"}
    return render(request, "items/admin/statistics.html", context)
