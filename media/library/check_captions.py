"""Captions are WebVTT in UTF-8; browsers drop anything else without a word."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

_LARGEST = 1024 * 1024


def check_captions(file: File[bytes]) -> None:
    file.open("rb")
    content = file.read(_LARGEST + 1)
    file.seek(0)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if len(content) > _LARGEST or not text.startswith("WEBVTT") or "-->" not in text:
        raise ValidationError(_("These captions are not a WebVTT file. The first line must be WEBVTT."))
