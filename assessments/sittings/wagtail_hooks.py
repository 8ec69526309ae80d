"""What this room adds to the admin: assessments, and how well the items measure."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from assessments.sittings.blueprint_admin.viewset import BlueprintViewSet
from assessments.sittings.calibration import admin_views


class MeasurementMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("items.change_item"))


@hooks.register("register_reports_menu_item")
def measurement_menu_item() -> MenuItem:
    return MeasurementMenuItem(
        _("How well the items measure"), reverse("sittings_measurement"), icon_name="tasks", order=720
    )


@hooks.register("register_admin_urls")
def measurement_urls() -> list[URLPattern]:
    return [
        path("reports/do-luong/", admin_views.measurement, name="sittings_measurement"),
        path(
            "reports/do-luong/<slug:skill>/", admin_views.skill_measurement, name="sittings_skill_measurement"
        ),
        path("reports/do-luong/<slug:skill>/chay/", admin_views.start_calibration, name="sittings_calibrate"),
    ]


register_snippet(BlueprintViewSet)
