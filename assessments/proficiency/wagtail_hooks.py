"""What this room adds to the admin: the runs of the estimates."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from assessments.proficiency.groups.run_views import may_run, run_now, runs


class RunsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_run(request)


@hooks.register("register_reports_menu_item")
def runs_menu_item() -> MenuItem:
    return RunsMenuItem(
        _("Runs of the estimates"), reverse("proficiency_runs"), icon_name="history", order=730
    )


@hooks.register("register_admin_urls")
def run_urls() -> list[URLPattern]:
    return [
        path("reports/uoc-luong/", runs, name="proficiency_runs"),
        path("reports/uoc-luong/chay/", run_now, name="proficiency_run_now"),
    ]
