"""Achievements in the admin: what may be awarded, and for which assessment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.certificates.models import Achievement


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
    ]


register_snippet(AchievementViewSet)
