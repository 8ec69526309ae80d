"""What this room adds to the admin: the report of overdue facts."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.overdue_facts import OverdueFactsView, may_see_report


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_report(request)


@hooks.register("register_reports_menu_item")
def overdue_facts_menu_item() -> MenuItem:
    return ReportMenuItem(_("Overdue facts"), reverse("overdue_facts"), icon_name="time", order=700)


@hooks.register("register_admin_urls")
def overdue_facts_urls() -> list[URLPattern]:
    return [
        path("reports/overdue-facts/", OverdueFactsView.as_view(), name="overdue_facts"),
        path(
            "reports/overdue-facts/results/",
            OverdueFactsView.as_view(results_only=True),
            name="overdue_facts_results",
        ),
    ]
