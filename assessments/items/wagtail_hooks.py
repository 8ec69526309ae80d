"""The item bank in the admin menu."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from assessments.items.admin import task_views, views
from assessments.items.models import Fact, Item


class ItemViewSet(ModelViewSet):
    model = Item
    icon = "help"
    menu_label = _("Items")
    index_view_class = views.ItemIndexView
    add_view_class = views.ItemCreateView
    edit_view_class = views.ItemEditView
    form_fields = ["code", "outcome", "difficulty"]
    search_fields = ["folded_text"]
    search_backend_name = None
    filterset_class = views.ItemFilters
    list_per_page = 50
    list_display = [
        TitleColumn("code", label=_("code"), sort_key="code", url_name="items_item:edit"),
        Column("title", label=_("title")),
        views.KindColumn("kind", label=_("kind"), sort_key="kind"),
        Column("get_state_display", label=_("state"), sort_key="state"),
        Column("difficulty", label=_("difficulty guess"), sort_key="difficulty"),
        Column("review_by", label=_("review by"), sort_key="review_by"),
        TitleColumn("pk", label=_("Preview"), get_url=lambda item: reverse("items_preview", args=[item.pk])),
    ]
    edit_template_name = "items/admin/edit.html"
    copy_view_enabled = False
    # Nothing looks items or facts up by what they refer to; indexing each save would slow the loading of the bank.
    add_to_reference_index = False
    inspect_view_enabled = False


class FactViewSet(ModelViewSet):
    model = Fact
    icon = "doc-full"
    menu_label = _("Facts")
    form_fields = ["key", "says", "source", "legal_basis", "mark", "verified_on", "review_by"]
    list_display = ["key", "says", "get_mark_display", "verified_on", "review_by"]
    list_filter = ["mark", "review_by"]
    search_fields = ["key", "says"]
    search_backend_name = None
    copy_view_enabled = False
    # Nothing looks items or facts up by what they refer to; indexing each save would slow the loading of the bank.
    add_to_reference_index = False


class BankGroup(ViewSetGroup):
    menu_label = _("Item bank")
    menu_icon = "help"
    menu_order = 210
    items = (ItemViewSet("items_item", url_prefix="cau-hoi"), FactViewSet("items_fact", url_prefix="du-kien"))


@hooks.register("register_admin_viewset")
def item_bank() -> BankGroup:
    return BankGroup()


@hooks.register("register_admin_urls")
def preview_urls() -> list[URLPattern]:
    return [
        path("cau-hoi/<int:pk>/xem-thu/", views.preview, name="items_preview"),
        path("cau-hoi/<int:pk>/man-hinh/", views.phone_screen, name="items_phone_screen"),
        path("cau-hoi/<int:pk>/lam-thu/", task_views.workbench, name="items_task"),
        path("cau-hoi/<int:pk>/lam-thu/tep/", task_views.download, name="items_task_file"),
    ]
