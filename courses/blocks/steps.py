"""Steps in order, each with its own picture where that helps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from courses.blocks.picture import PictureBlock
from courses.blocks.screen import ScreenBlock
from courses.blocks.words import STEPS, WAY_OUT


class StepBlock(StructBlock):
    text = CharBlock(label=_("One act"), max_length=200)
    picture = PictureBlock(label=_("Picture"), required=False)


class StepsBlock(ScreenBlock):
    steps = ListBlock(StepBlock(), label=_("Steps"), min_num=1, max_num=7)

    class Meta:
        label = STEPS
        icon = "list-ol"


class WayOutBlock(ScreenBlock):
    """A mishap always ends with what to do."""

    steps = ListBlock(StepBlock(), label=_("The way out, step by step"), default=[], max_num=7)

    class Meta:
        label = WAY_OUT
        icon = "help"
