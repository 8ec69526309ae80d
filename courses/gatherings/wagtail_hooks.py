"""Plans of gatherings in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.gatherings.models import Plan


class PlanViewSet(SnippetViewSet):
    """What a hall does, step by step."""

    model = Plan
    icon = "calendar-alt"
    menu_order = 250
    list_display = ["title", "audience", "language", "minutes"]
    list_filter = ["audience", "language"]
    search_fields = ["title", "theme"]
    add_to_admin_menu = True
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        MultiFieldPanel(
            [
                FieldPanel("theme"),
                FieldPanel("audience"),
                FieldPanel("skills"),
                FieldPanel("language"),
                FieldPanel("variant_of"),
            ],
            heading=_("For whom and about what"),
        ),
        FieldPanel("steps"),
        FieldPanel("handout"),
    ]


register_snippet(PlanViewSet)
