"""The only door of this room: pictures and recordings, and how a page shows them."""

from __future__ import annotations

from media.library.check_drawing import UnsafeDrawing, check_drawing
from media.library.models import PictureFile, Recording
from media.library.show_picture import ShownPicture, small_version
from media.library.take_in_drawing import take_in_drawing

__all__ = [
    "PictureFile",
    "Recording",
    "ShownPicture",
    "UnsafeDrawing",
    "check_drawing",
    "small_version",
    "take_in_drawing",
]
