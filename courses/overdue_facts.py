"""A report for editors: facts whose review day is over, with the lessons and items that rest on them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from assessments.items.api import Fact, facts_overdue
from courses.models import LessonPage


class OverdueFactsView(ReportView):
    """Everybody who may change or publish a page."""

    page_title = _("Overdue facts")
    header_icon = "time"
    index_url_name = "overdue_facts"
    index_results_url_name = "overdue_facts_results"
    results_template_name = "courses/reports/overdue_facts.html"
    list_export = ["key", "says", "source", "verified_on", "review_by"]
    model = Fact
    is_searchable = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see_report(request):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Fact]:
        lessons = LessonPage.objects.filter(alias_of__isnull=True).defer("screens", "folded_text")
        return facts_overdue().prefetch_related(Prefetch("lessons", queryset=lessons))


def may_see_report(request: HttpRequest) -> bool:
    return bool(page_permission_policy.user_has_any_permission(request.user, ["change", "publish"]))
