"""The item bank in the admin menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from assessments.items.admin import task_views, views
from assessments.items.admin.bulk_actions import AddTag, ChangeStates, RemoveTag, SetReviewDay
from assessments.items.admin.fact_views import FactEditView
from assessments.items.admin.list_view import COLUMNS, ItemFilters, ItemIndexView
from assessments.items.admin.state_views import state
from assessments.items.admin.statistics_views import statistics
from assessments.items.admin.task_urls import task_editor_urls
from assessments.items.admin.thin_spots_view import thin_spots
from assessments.items.models import Fact, Item


class ItemViewSet(ModelViewSet):
    model = Item
    icon = "help"
    menu_label = _("Items")
    index_view_class = ItemIndexView
    add_view_class = views.ItemCreateView
    edit_view_class = views.ItemEditView
    form_fields = ["code", "outcome", "difficulty"]
    search_fields = ["folded_text"]
    search_backend_name = None
    filterset_class = ItemFilters
    list_per_page = 50
    list_display = COLUMNS
    index_template_name = "items/admin/list.html"
    create_template_name = "items/admin/edit.html"
    edit_template_name = "items/admin/edit.html"
    copy_view_enabled = False
    # Nothing looks items or facts up by what they refer to; indexing each save would slow the loading of the bank.
    add_to_reference_index = False
    inspect_view_enabled = False


class FactViewSet(ModelViewSet):
    model = Fact
    icon = "doc-full"
    menu_label = _("Facts")
    edit_view_class = FactEditView
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
        path("cau-hoi/<int:pk>/trang-thai/", state, name="items_state"),
        path("cau-hoi/<int:pk>/so-lieu/", statistics, name="items_statistics"),
        path("reports/cho-mong/", thin_spots, name="items_thin_spots"),
        path("cau-hoi/<int:pk>/lam-thu/", task_views.workbench, name="items_task"),
        path("cau-hoi/<int:pk>/lam-thu/tep/", task_views.download, name="items_task_file"),
        *task_editor_urls(),
    ]


class ThinSpotsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("items.change_item"))


@hooks.register("register_reports_menu_item")
def thin_spots_menu_item() -> MenuItem:
    return ThinSpotsMenuItem(
        _("Where the bank is thin"), reverse("items_thin_spots"), icon_name="table", order=710
    )


for action in (ChangeStates, AddTag, RemoveTag, SetReviewDay):
    hooks.register("register_bulk_action", action)
