"""The list of the item bank: search, filters, statistics beside each item. For those with rights on items."""

from __future__ import annotations

import json
from typing import Any

import django_filters  # type: ignore[import-untyped]  # ships no types; comes with Wagtail
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView

from assessments.items.admin.answer_report import notes_on
from assessments.items.answer_sums import Sums, discrimination, facility
from assessments.items.count_answers import sums_of
from assessments.items.item_tags import AUDIENCES, TAGS, clean_tag
from assessments.items.kinds import KINDS, get_kind
from assessments.items.load_outcomes import skill_choices
from assessments.items.models import Fact, Item, ItemState, Outcome
from lms import vietnamese

_OVERDUE = [("overdue", _("The day of review is over")), ("unsure", _("Rests on a fact that is not sure"))]


class ItemFilters(WagtailFilterSet):
    skill = django_filters.ChoiceFilter(field_name="skill__code", choices=skill_choices, label=_("skill"))
    outcome = django_filters.ModelChoiceFilter(
        queryset=Outcome.objects.select_related("skill"), label=_("outcome")
    )
    kind = django_filters.ChoiceFilter(
        choices=[(k.code, k.label) for k in KINDS.values()], label=pgettext_lazy("item", "kind")
    )
    state = django_filters.ChoiceFilter(choices=ItemState.choices, label=_("state"))
    difficulty = django_filters.ChoiceFilter(
        choices=[(n, n) for n in range(1, 7)], label=_("difficulty guess")
    )
    audience = django_filters.ChoiceFilter(
        choices=list(AUDIENCES.items()), label=_("audience"), method="has_audience"
    )
    usual_tag = django_filters.ChoiceFilter(choices=list(TAGS.items()), label=_("tag"), method="has_tag")
    tag = django_filters.CharFilter(label=_("other tag"), method="has_tag")
    dates = django_filters.ChoiceFilter(choices=_OVERDUE, label=_("facts and dates"), method="has_dates")
    fact = django_filters.CharFilter(field_name="facts__key", lookup_expr="iexact", label=_("key of a fact"))

    class Meta:
        model = Item
        fields = ["skill", "outcome", "kind", "state", "difficulty"]

    def has_audience(self, items: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        return _listed(items, "audiences", value)

    def has_tag(self, items: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        tag = clean_tag(value)
        return _listed(items, "tags", tag) if tag else items

    def has_dates(self, items: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        if value == "overdue":
            return items.filter(review_by__lt=timezone.localdate())
        sure = Q(mark__in=["S", "P", "T", "K"], verified_on__isnull=False)
        return items.filter(facts__in=Fact.objects.exclude(sure)).distinct()


def _listed(items: QuerySet[Item], column: str, value: str) -> QuerySet[Item]:
    """A word of a JSON list; no database asks that in the same way, so the text of the list is searched."""
    text = Cast(column, TextField())
    return items.annotate(**{f"{column}_text": text}).filter(
        **{f"{column}_text__contains": json.dumps(value)}
    )


class KindColumn(Column):
    def get_value(self, instance: Item) -> Any:
        return get_kind(instance.kind).label


def _sums(item: Item) -> Sums:
    """Of the question that the item asks now; every row comes with the list's own query."""
    version = item.current
    kept = getattr(version.same_as or version, "statistics", None) if version else None
    return sums_of(kept) if kept else Sums()


class ShareColumn(Column):
    """A share of one, as a number with two places; a dash while nobody answered."""

    def get_value(self, instance: Item) -> str:
        sums = _sums(instance)
        value = facility(sums) if self.name == "facility" else discrimination(sums)
        return "–" if value is None else f"{value:.2f}".replace(".", ",")


class AnsweredColumn(Column):
    def get_value(self, instance: Item) -> str:
        sums = _sums(instance)
        return f"{sums.answered} ⚠" if notes_on(sums) else str(sums.answered)


class DayColumn(Column):
    """The day of review; marked in words once it is over."""

    def get_value(self, instance: Item) -> str:
        if instance.review_by is None:
            return "–"
        day = instance.review_by.strftime("%d/%m/%Y")
        return f"{day} – {_('overdue')}" if instance.review_by < timezone.localdate() else day


COLUMNS: list[BaseColumn] = [
    BulkActionsCheckboxColumn("bulk_actions", obj_type="item"),
    TitleColumn(
        "code",
        label=_("code"),
        sort_key="code",
        url_name="items_item:edit",
        get_title_id=lambda item: f"item_{item.pk}_title",
    ),
    Column("title", label=_("title")),
    KindColumn("kind", label=pgettext_lazy("item", "kind"), sort_key="kind"),
    Column("get_state_display", label=_("state"), sort_key="state"),
    Column("difficulty", label=_("difficulty guess"), sort_key="difficulty"),
    DayColumn("review_by", label=_("review by"), sort_key="review_by"),
    AnsweredColumn("answered", label=_("answers")),
    ShareColumn("facility", label=_("facility")),
    ShareColumn("discrimination", label=_("discrimination")),
]


class ItemIndexView(IndexView):
    """Folded search: with or without diacritics, in everything that a learner may read."""

    def get_base_queryset(self) -> QuerySet[Item]:
        items = Item.objects.select_related(
            "skill", "outcome", "current__statistics", "current__same_as__statistics"
        )
        # Long, and of no use in a list.
        return items.defer("folded_text", "current__content", "current__same_as__content")

    def search_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        words = vietnamese.folded(self.search_query or "").split()
        for word in words[:8]:
            queryset = queryset.filter(folded_text__contains=word)
        return queryset
