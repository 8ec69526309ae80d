"""Forms and preview of the item bank. For those with Django permissions on items: editors."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView, EditView

from assessments.items.admin.access import item_for_editor
from assessments.items.admin.forms import ItemForm, form_for
from assessments.items.facts import overdue_facts_of
from assessments.items.kinds import KINDS
from assessments.items.models import Item
from assessments.items.present_item import grade, present, read_answer
from assessments.items.verdict import BadAnswer

# The editor sees one order; learners each see their own.
_PREVIEW_SEED = 1
_TASK = "simulated_task"


class ItemCreateView(CreateView):
    """``?kieu=`` names the kind; without it the editor chooses one first."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("kieu") == "simulated_task":
            return redirect("items_task_new")
        if request.GET.get("kieu") == _TASK:
            return redirect("items_task_new")
        if request.GET.get("kieu") not in KINDS:
            context = {"kinds": KINDS.values(), "page_title": _("Which kind of item?")}
            return render(request, "items/admin/choose_kind.html", context)
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> type[ItemForm]:
        kind = self.request.GET.get("kieu", "")
        if kind not in KINDS:
            raise Http404
        return form_for(kind)

    def get_initial(self) -> dict[str, Any]:
        """The report of thin spots names the place that an item is missing for."""
        known = ("outcome", "difficulty")
        return {name: self.request.GET[name] for name in known if self.request.GET.get(name, "").isdigit()}

    def get_add_url(self) -> str:
        return f"{super().get_add_url()}?kieu={self.request.GET.get('kieu', '')}"


class ItemEditView(EditView):
    def get_form_class(self) -> type[ItemForm]:
        return ItemForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item: Item = self.object
        more = {"item": item, "tab": "edit", "overdue": overdue_facts_of(item)}
        return {**super().get_context_data(**kwargs), **more}


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A phone frame around the item as a learner sees it."""
    return render(
        request, "items/admin/preview.html", {"item": item_for_editor(request, pk), "tab": "preview"}
    )


def phone_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the frame; it can be answered, and nothing is stored."""
    version = item_for_editor(request, pk).current
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
