"""Assessments in the admin: what is asked, how items are chosen, when it ends, where levels start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.sittings.blueprint_admin.form import BlueprintForm
from assessments.sittings.models import Blueprint

_PANELS = [
    FieldPanel("title"),
    FieldPanel("slug", heading=_("address")),
    FieldPanel("intro"),
    FieldPanel("purpose", heading=_("purpose")),
    FieldPanel("open"),
    FieldPanel("position", heading=_("place in the list")),
    MultiFieldPanel(
        [
            FieldPanel(
                "selection",
                heading=_("how questions are chosen"),
                help_text=_(
                    "After each answer: only where at least 150 questions of the skill were calibrated,"
                    " else in two stages."
                ),
            ),
            FieldPanel("parts"),
            FieldPanel("fixed_items"),
            FieldPanel("exposure_cap"),
            FieldPanel("unscored_seeds"),
        ],
        heading=_("Questions"),
    ),
    MultiFieldPanel(
        [FieldPanel("max_items"), FieldPanel("se_target"), FieldPanel("minutes")],
        heading=_("When it ends"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("cut_basic"),
            FieldPanel("cut_proficient"),
            FieldPanel("pass_share"),
            FieldPanel("waiting_days"),
        ],
        heading=_("Levels and new attempts"),
    ),
]


class BlueprintViewSet(SnippetViewSet):
    """For administrators; editors see questions, not what a certificate rests on."""

    model = Blueprint
    icon = "form"
    menu_order = 330
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "title",
        "get_purpose_display",
        "get_selection_display",
        BooleanColumn("open", label=_("open")),
    ]
    list_filter = ["purpose", "selection", "open"]
    search_fields = ["title", "slug"]
    edit_handler = ObjectList(_PANELS, base_form_class=BlueprintForm)
