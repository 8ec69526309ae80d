"""Achievements and certificates in the admin: what may be awarded, and what was."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.certificates.models import Achievement
from assessments.certificates.verifying import admin_views


class AchievementViewSet(SnippetViewSet):
    """What may be awarded."""

    model = Achievement
    icon = "tick-inverse"
    list_display = [
        "title",
        "skill",
        "level",
        "validity_months",
        BooleanColumn("active", label=_("still awarded")),
    ]
    add_to_admin_menu = True
    panels = [
        FieldPanel("key"),
        FieldPanel("version"),
        FieldPanel("title"),
        FieldPanel("skill"),
        FieldPanel("level"),
        FieldPanel("criteria"),
        FieldPanel("issuer"),
        FieldPanel("validity_months"),
        FieldPanel("blueprint"),
        FieldPanel("active"),
        MultiFieldPanel(
            [
                FieldPanel("award"),
                FieldPanel("least_probability"),
                FieldPanel("critical_limit"),
                FieldPanel("least_effort"),
                FieldPanel("supervised"),
                FieldPanel("identity"),
                FieldPanel("least_coached"),
            ],
            heading=_("What it takes"),
        ),
        FieldPanel("issuer_code"),
    ]


register_snippet(AchievementViewSet)


class CertificatesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return admin_views.may_manage(request)


@hooks.register("register_admin_menu_item")
def certificates_menu_item() -> MenuItem:
    return CertificatesMenuItem(
        _("Certificates"), reverse("certificates_found"), icon_name="doc-full-inverse", order=215
    )


@hooks.register("register_admin_urls")
def certificate_urls() -> list[URLPattern]:
    return [
        path("chung-nhan/", admin_views.found, name="certificates_found"),
        path("chung-nhan/<int:pk>/", admin_views.one_certificate, name="certificates_one"),
        path("chung-nhan/<int:pk>/thu-hoi/", admin_views.withdraw, name="certificates_withdraw"),
        path("chung-nhan/<int:pk>/sua-ten/", admin_views.correct, name="certificates_correct"),
    ]
