"""Choices of items and facts by their codes: a code stays readable in files, exports and translations.

Wagtail's own ``ChoiceBlock`` would read all choices from the database for every stored value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import FieldBlock

from assessments.items.api import Fact, Item, ItemState

Choices = list[tuple[str, str]]


def item_codes(*kinds: str) -> Choices:
    """The items that may be asked; of all kinds where none is named."""
    items = Item.objects.exclude(state=ItemState.RETIRED).order_by("code")
    if kinds:
        items = items.filter(kind__in=kinds)
    return [("", ""), *((code, f"{code} {title}") for code, title in items.values_list("code", "title"))]


def fact_codes() -> Choices:
    facts = Fact.objects.order_by("key").values_list("key", "says")
    return [("", ""), *((key, f"{key}: {says[:80]}") for key, says in facts)]


class CodeBlock(FieldBlock):
    """A select box of codes."""

    choices: Callable[[], Choices]

    def __init__(self, **options: Any) -> None:
        self.field = forms.ChoiceField(choices=type(self).choices)
        super().__init__(**options)


class ItemCodeBlock(CodeBlock):
    """An item of the bank."""

    choices = staticmethod(item_codes)

    class Meta:
        label = _("Item")
        icon = "help"


class FactCodeBlock(CodeBlock):
    """A fact that the screen rests on."""

    choices = staticmethod(fact_codes)

    class Meta:
        label = _("Fact")
        icon = "info-circle"
