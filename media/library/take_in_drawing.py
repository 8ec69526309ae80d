"""Put a drawing of the starter content into the library, once; a changed file replaces the old one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.core.files.images import ImageFile

from lms.vietnamese import normal
from media.library.check_drawing import check_drawing
from media.library.models import PictureFile


def take_in_drawing(path: Path, alt: str) -> PictureFile:
    """The title is the file's name, which is how it is found again; an editor's alternative text is kept."""
    content = path.read_bytes()
    check_drawing(content)
    picture = PictureFile.objects.filter(title=path.name).first() or PictureFile(title=path.name)
    picture.alt = picture.alt or normal(alt)
    picture.mere_decoration = not picture.alt
    if picture.pk is None or _stored(picture) != content:
        picture.file = ImageFile(BytesIO(content), name=path.name)
        picture.file_hash = ""
        picture.save()
    return picture


def _stored(picture: PictureFile) -> bytes | None:
    try:
        with picture.file.open("rb") as stored:
            content: bytes = stored.read()
            return content
    except FileNotFoundError:
        return None
