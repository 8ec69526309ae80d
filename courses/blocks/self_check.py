"""Statements "I …" that a learner ticks for themselves; never sent, never scored."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock

from courses.blocks.screen import ScreenBlock
from courses.blocks.words import SELF_CHECK


class SelfCheckBlock(ScreenBlock):
    statements = ListBlock(CharBlock(max_length=160), label=_("Statements"), min_num=1, max_num=6)

    class Meta:
        label = SELF_CHECK
        icon = "tick"
