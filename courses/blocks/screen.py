"""A screen: one idea with its picture, sound and facts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock
from wagtailmedia.blocks import AudioChooserBlock

from courses.blocks.codes import FactCodeBlock
from courses.blocks.extras import ExtrasBlock
from courses.blocks.picture import PictureBlock


class ScreenBlock(StructBlock):
    heading = CharBlock(label=_("Heading (at most 8 words)"), max_length=120)
    text = RichTextBlock(label=_("Text (at most 60 words)"), features=["bold", "link", "ul"], required=False)
    picture = PictureBlock(label=_("Picture"), required=False)
    extras = ExtrasBlock(required=False)
    audio_script = TextBlock(label=_("The screen retold for the ear"), required=False)
    recording = AudioChooserBlock(label=_("Recording by a local voice"), required=False)
    facts = ListBlock(FactCodeBlock(), label=_("Facts"), default=[])
