"""The card that goes home: at most 45 words, printed on A6."""

from __future__ import annotations

from courses.blocks.screen import ScreenBlock
from courses.blocks.words import TAKE_AWAY


class TakeAwayBlock(ScreenBlock):
    class Meta:
        label = TAKE_AWAY
        icon = "download"
