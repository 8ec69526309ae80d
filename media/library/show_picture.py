"""The address under which a page shows a picture: drawings as they are, photographs small enough for a phone."""

from __future__ import annotations

from typing import NamedTuple

from media.library.models import PictureFile

# Two device pixels for each of the 360 of a phone; a lesson column is never wider than this.
_PHOTOGRAPH = "width-720|format-webp|webpquality-70"


class ShownPicture(NamedTuple):
    url: str
    width: int
    height: int


def small_version(picture: PictureFile) -> ShownPicture:
    if picture.is_svg():
        return ShownPicture(picture.file.url, picture.width, picture.height)
    rendition = picture.get_rendition(_PHOTOGRAPH)
    return ShownPicture(rendition.url, rendition.width, rendition.height)
