"""One act on many items of the list. For editors; what is refused is told item by item."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets import AdminDateInput

from assessments.items.admin.access import editor_of
from assessments.items.change_state import StateRefused, change_state
from assessments.items.item_tags import clean_tag
from assessments.items.models import Item, ItemState
from assessments.items.save_version import save_version
from lms.accounts.api import Person

_TOLD = 20


def _reason(required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StatesForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("New state"), choices=ItemState)
    reason = _reason(required=False)


class TagForm(forms.Form):
    tag = forms.CharField(label=gettext_lazy("Tag"), max_length=40)
    reason = _reason()

    def clean_tag(self) -> str:
        return clean_tag(self.cleaned_data["tag"])


class ReviewDayForm(forms.Form):
    review_by = forms.DateField(label=gettext_lazy("Review by"), widget=AdminDateInput)
    verified_on = forms.DateField(
        label=gettext_lazy("Compared with the source on"), required=False, widget=AdminDateInput
    )
    reason = _reason()


class ItemsAction(BulkAction):
    models = [Item]
    template_name = "items/admin/bulk.html"

    @abstractmethod
    def act(self, item: Item, person: Person, wanted: dict[str, Any]) -> None:
        """Raises ``StateRefused`` before anything is written."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        editor_of(request)
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def get_queryset(cls, model: type[Item], object_ids: Sequence[str]) -> list[Item]:
        pks = [int(one) for one in object_ids if one.isascii() and one.isdigit() and len(one) < 19]
        return list(Item.objects.filter(pk__in=pks).select_related("current").order_by("code"))

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self}

    @classmethod
    def execute_action(cls, objects: Sequence[Item], **kwargs: Any) -> tuple[int, int]:
        action: ItemsAction = kwargs["action"]
        person, done, refused = editor_of(action.request), 0, []
        for item in objects:
            try:
                action.act(item, person, action.cleaned_form.cleaned_data)
            except StateRefused as why:
                refused.append(f"{item.code}: {why}")
            else:
                done += 1
        for line in refused[:_TOLD]:
            messages.error(action.request, line)
        if len(refused) > _TOLD:
            messages.error(action.request, _("… and %(n)s more.") % {"n": len(refused) - _TOLD})
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if not num_parent_objects:
            return None
        words = ngettext("%(n)s item was changed.", "%(n)s items were changed.", num_parent_objects)
        return words % {"n": num_parent_objects}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "title": self.display_name}


class ChangeStates(ItemsAction):
    display_name = gettext_lazy("Change the state")
    aria_label = gettext_lazy("Change the state of the chosen items")
    action_type = "state"
    action_priority = 10
    form_class = StatesForm

    def act(self, item: Item, person: Person, wanted: dict[str, Any]) -> None:
        change_state(item, wanted["state"], person, wanted["reason"])


class ContentAction(ItemsAction):
    """Changes only how an item is filed: a new version that asks the same."""

    @abstractmethod
    def filed(self, item: Item, wanted: dict[str, Any]) -> dict[str, Any]:
        """The fields of the content that change."""

    def act(self, item: Item, person: Person, wanted: dict[str, Any]) -> None:
        if item.current is None:
            raise StateRefused(_("This item has no content yet."))
        save_version(item, {**item.current.content, **self.filed(item, wanted)}, person, wanted["reason"])


class AddTag(ContentAction):
    display_name = gettext_lazy("Add a tag")
    aria_label = gettext_lazy("Add a tag to the chosen items")
    action_type = "add_tag"
    action_priority = 20
    form_class = TagForm

    def filed(self, item: Item, wanted: dict[str, Any]) -> dict[str, Any]:
        tags = _own_tags(item)
        return {"tags": tags if wanted["tag"] in tags else [*tags, wanted["tag"]]}


class RemoveTag(ContentAction):
    display_name = gettext_lazy("Remove a tag")
    aria_label = gettext_lazy("Remove a tag from the chosen items")
    action_type = "remove_tag"
    action_priority = 30
    form_class = TagForm

    def filed(self, item: Item, wanted: dict[str, Any]) -> dict[str, Any]:
        return {"tags": [tag for tag in _own_tags(item) if tag != wanted["tag"]]}


class SetReviewDay(ContentAction):
    display_name = gettext_lazy("Set the day of review")
    aria_label = gettext_lazy("Set the day of review of the chosen items")
    action_type = "review_day"
    action_priority = 40
    form_class = ReviewDayForm

    def filed(self, item: Item, wanted: dict[str, Any]) -> dict[str, Any]:
        verified = wanted["verified_on"]
        days = {"verified_on": verified.isoformat()} if verified else {}
        return {"review_by": wanted["review_by"].isoformat(), **days}


def _own_tags(item: Item) -> list[str]:
    assert item.current is not None  # noqa: S101 - the caller asked
    return list(item.current.content.get("tags") or [])
