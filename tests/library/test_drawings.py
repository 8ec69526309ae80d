"""A drawing is only a drawing: whatever could run, load or link is refused with a sentence for the editor."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from hypothesis import given
from hypothesis import strategies as st

from courses.starter_lessons import STARTER
from media.library.api import PictureFile, UnsafeDrawing, check_drawing, take_in_drawing
from media.library.check_captions import check_captions

OPEN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
GOOD = OPEN + b'<path d="M0 0h5v5Z" fill="#14574a"/></svg>'
HOSTILE = [
    OPEN + b"<script>alert(1)</script></svg>",
    OPEN + b'<path d="M0 0" onclick="alert(1)"/></svg>',
    OPEN + b'<a href="https://xau.example"><path d="M0 0"/></a></svg>',
    OPEN + b'<image href="https://xau.example/x.png"/></svg>',
    OPEN + b'<use href="#a"/></svg>',
    OPEN + b"<style>@import url(https://xau.example)</style></svg>",
    OPEN + b'<rect style="fill:url(https://xau.example)"/></svg>',
    OPEN + b'<rect fill="url(https://xau.example#a)"/></svg>',
    OPEN + b"<foreignObject><p>x</p></foreignObject></svg>",
    OPEN + b'<animate attributeName="href" to="javascript:alert(1)"/></svg>',
    b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + OPEN + b"<text>&b;</text></svg>",
    b'<?xml-stylesheet href="x.css"?><html><body/></html>',
    b'<svg viewBox="0 0 1 1"/>',
    OPEN + b"<path/>" * 6_000 + b"</svg>",
    OPEN + b"<desc>" + b"x" * 300_000 + b"</desc></svg>",
    b"",
    b"\xff\xfe\x00",
]


def _complaint(content: bytes) -> str:
    try:
        check_drawing(content)
    except UnsafeDrawing as unsafe:
        return str(unsafe) or "refused"
    return ""


def test_every_starter_drawing_is_taken() -> None:
    drawings = sorted((STARTER / "pictures").glob("*.svg"))
    refused = [path.name for path in drawings if _complaint(path.read_bytes())]
    assert drawings
    assert refused == []


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_drawings_are_refused(content: bytes) -> None:
    with pytest.raises(UnsafeDrawing):
        check_drawing(content)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused_not_raised(content: bytes) -> None:
    with pytest.raises(UnsafeDrawing):
        check_drawing(content)


@pytest.mark.django_db
def test_an_editor_reads_why(tmp_path: Path) -> None:
    picture = PictureFile(title="Hình", alt="Một cánh cổng", file=ImageFile(BytesIO(GOOD), name="a.svg"))
    picture.full_clean()
    bad = PictureFile(title="Hình", alt="Một cánh cổng", width=1, height=1)
    bad.file.name = "b.svg"
    bad.file.file = ContentFile(HOSTILE[0], name="b.svg")
    with pytest.raises(ValidationError, match="chứa thứ khác ngoài hình vẽ"):
        bad.clean()


@pytest.mark.django_db
def test_alternative_text_is_required_unless_decorative() -> None:
    with pytest.raises(ValidationError, match="lời tả hình"):
        PictureFile(title="Hình", alt="  ").clean()
    PictureFile(title="Hình", mere_decoration=True).clean()


@pytest.mark.django_db
def test_taking_in_twice_keeps_one_picture_and_the_editors_words(tmp_path: Path) -> None:
    path = tmp_path / "cong.svg"
    path.write_bytes(GOOD)
    first = take_in_drawing(path, "Cánh cổng")
    first.alt = "Lời của biên tập viên"
    first.save()
    again = take_in_drawing(path, "Cánh cổng")
    assert (again.pk, again.alt, again.file.name) == (first.pk, "Lời của biên tập viên", first.file.name)
    path.write_bytes(GOOD.replace(b"#14574a", b"#000000"))
    assert take_in_drawing(path, "Cánh cổng").pk == first.pk
    assert PictureFile.objects.count() == 1


def test_captions_are_webvtt() -> None:
    check_captions(ContentFile(b"WEBVTT\n\n00:00.000 --> 00:02.000\nXin ch\xc3\xa0o\n"))
    for content in (b"", b"1\n00:00 --> 00:01\nx", b"WEBVTT \xff --> "):
        with pytest.raises(ValidationError):
            check_captions(ContentFile(content))
