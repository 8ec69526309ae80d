"""Items to try inside the lesson; feedback comes at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock

from courses.blocks.codes import ItemCodeBlock
from courses.blocks.screen import ScreenBlock
from courses.blocks.words import PRACTICE


class PracticeBlock(ScreenBlock):
    items = ListBlock(ItemCodeBlock(), label=_("Items, from easy to hard"), min_num=1, max_num=6)

    class Meta:
        label = PRACTICE
        icon = "edit"
