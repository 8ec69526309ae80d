"""An H5P activity inside the lesson; the one kind of screen that needs JavaScript, and says so."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from courses.blocks.codes import Choices, CodeBlock
from courses.blocks.screen import ScreenBlock
from courses.blocks.words import H5P
from media.h5p.django_app.api import Activity


def activity_codes() -> Choices:
    found = Activity.objects.filter(current__isnull=False).order_by("title")
    return [("", ""), *found.values_list("slug", "title")]


class ActivityCodeBlock(CodeBlock):
    choices = staticmethod(activity_codes)

    class Meta:
        label = _("H5P activity")
        icon = "media"


class H5pBlock(ScreenBlock):
    activity = ActivityCodeBlock()

    class Meta:
        label = H5P
        icon = "media"
