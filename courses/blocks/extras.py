"""What a screen may carry besides its text: video, a term, a checklist, a document, a callout."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StreamBlock, StructBlock, TextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtailmedia.blocks import VideoChooserBlock


class CaptionedVideoBlock(VideoChooserBlock):
    """A video is for everybody only with captions."""

    def clean(self, value: Any) -> Any:
        video = super().clean(value)
        if video and not video.captions:
            raise ValidationError(_("This video has no captions. Add them in the library first."))
        return video


class TermBlock(StructBlock):
    """A word of a real screen, explained once."""

    term = CharBlock(label=_("Term"), max_length=60)
    says = TextBlock(label=_("What it means"))

    class Meta:
        label = _("Glossary term")
        icon = "openquote"


class ExtrasBlock(StreamBlock):
    video = CaptionedVideoBlock(label=_("Video with captions"))
    term = TermBlock()
    checklist = ListBlock(CharBlock(max_length=160), label=_("Checklist"), icon="list-ul", max_num=7)
    document = DocumentChooserBlock(label=_("Document"))
    callout = TextBlock(label=_("Warning"), icon="warning")

    class Meta:
        label = _("Also on this screen")
        required = False
