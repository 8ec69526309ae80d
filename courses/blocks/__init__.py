"""What a lesson is made of: one block per kind of screen."""

from __future__ import annotations

from courses.blocks.h5p import H5pBlock
from courses.blocks.practice import PracticeBlock
from courses.blocks.screen import ScreenBlock
from courses.blocks.self_check import SelfCheckBlock
from courses.blocks.steps import StepsBlock, WayOutBlock
from courses.blocks.take_away import TakeAwayBlock
from courses.blocks.words import CALLOUT, GOAL, IDEA, STORY

SCREEN_BLOCKS = [
    ("goal", ScreenBlock(label=GOAL, icon="pick")),
    ("story", ScreenBlock(label=STORY, icon="openquote")),
    ("idea", ScreenBlock(label=IDEA, icon="doc-full")),
    ("steps", StepsBlock()),
    ("what_can_go_wrong", WayOutBlock()),
    ("callout", ScreenBlock(label=CALLOUT, icon="warning")),
    ("practice", PracticeBlock()),
    ("h5p", H5pBlock()),
    ("self_check", SelfCheckBlock()),
    ("take_away", TakeAwayBlock()),
]

__all__ = ["SCREEN_BLOCKS"]
