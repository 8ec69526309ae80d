"""List, forms and preview of the item bank. For those with Django permissions on items: editors."""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]  # ships no types; comes with Wagtail
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView

from assessments.items.admin.forms import ItemForm, form_for
from assessments.items.kinds import KINDS, get_kind
from assessments.items.models import Item, ItemState, Skill
from assessments.items.present_item import grade, present, read_answer
from assessments.items.verdict import BadAnswer
from lms import vietnamese

# The editor sees one order; learners each see their own.
_PREVIEW_SEED = 1


class ItemFilters(WagtailFilterSet):
    skill = django_filters.ModelChoiceFilter(queryset=Skill.objects.all(), label=_("skill"))
    kind = django_filters.ChoiceFilter(choices=[(k.code, k.label) for k in KINDS.values()], label=_("kind"))
    state = django_filters.ChoiceFilter(choices=ItemState.choices, label=_("state"))
    difficulty = django_filters.ChoiceFilter(
        choices=[(n, n) for n in range(1, 7)], label=_("difficulty guess")
    )

    class Meta:
        model = Item
        fields = ["skill", "kind", "state", "difficulty"]


class KindColumn(Column):
    def get_value(self, instance: Item) -> Any:
        return get_kind(instance.kind).label


class ItemIndexView(IndexView):
    """Folded search: with or without diacritics, in everything that a learner may read."""

    def get_base_queryset(self) -> QuerySet[Item]:
        return Item.objects.select_related("skill", "outcome").defer("folded_text")

    def search_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        words = vietnamese.folded(self.search_query or "").split()
        for word in words[:8]:
            queryset = queryset.filter(folded_text__contains=word)
        return queryset


class ItemCreateView(CreateView):
    """``?kieu=`` names the kind; without it the editor chooses one first."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("kieu") not in KINDS:
            context = {"kinds": KINDS.values(), "page_title": _("Which kind of item?")}
            return render(request, "items/admin/choose_kind.html", context)
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> type[ItemForm]:
        kind = self.request.GET.get("kieu", "")
        if kind not in KINDS:
            raise Http404
        return form_for(kind)

    def get_add_url(self) -> str:
        return f"{super().get_add_url()}?kieu={self.request.GET.get('kieu', '')}"


class ItemEditView(EditView):
    def get_form_class(self) -> type[ItemForm]:
        return ItemForm


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A phone frame around the item as a learner sees it."""
    item = _item(request, pk)
    versions = item.versions.select_related("created_by").order_by("-number")
    return render(request, "items/admin/preview.html", {"item": item, "versions": versions})


def phone_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the frame; it can be answered, and nothing is stored."""
    version = _item(request, pk).current
    if version is None:
        raise Http404
    problem, status = "", 200
    shown = present(version, _PREVIEW_SEED, with_hint=True)
    if request.method == "POST":
        try:
            answer = read_answer(version, _PREVIEW_SEED, request.POST)
            shown = present(version, _PREVIEW_SEED, answer, grade(version, answer))
        except BadAnswer as refusal:
            problem, status = refusal.message, 400 if refusal.message else 200
            shown = present(version, _PREVIEW_SEED, refusal.draft)
    context = {"item": shown.context, "problem": problem}
    return render(request, "items/admin/phone_screen.html", context, status=status)


def _item(request: HttpRequest, pk: int) -> Item:
    user = request.user
    if not (user.has_perm("wagtailadmin.access_admin") and user.has_perm("items.change_item")):
        raise PermissionDenied
    return get_object_or_404(Item.objects.select_related("current"), pk=pk)
