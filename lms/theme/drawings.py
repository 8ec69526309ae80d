"""Our own icons and illustrations: SVG files in ``drawings/``, put into the page so that themes recolour them."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "drawings"
_SVG = re.compile(r"<svg xmlns=\"http://www\.w3\.org/2000/svg\"([^>]*)>(.*)</svg>\s*", re.DOTALL)


def names(kind: str) -> list[str]:
    return sorted(path.stem for path in (FOLDER / kind).glob("*.svg"))


@functools.cache
def _parts(kind: str, name: str) -> tuple[SafeString, SafeString]:
    """The attributes and the content of a drawing; an unknown name is a programmer's error and raises."""
    if name not in names(kind):
        raise LookupError(f"no drawing {name!r} in {kind}")
    found = _SVG.fullmatch((FOLDER / kind / f"{name}.svg").read_text(encoding="utf-8"))
    if found is None:
        raise LookupError(f"{kind}/{name}.svg does not start with the agreed <svg> tag")
    return mark_safe(found[1]), mark_safe(found[2])


def icon_svg(name: str) -> SafeString:
    attributes, content = _parts("icons", name)
    return format_html('<svg class="ico"{} aria-hidden="true">{}</svg>', attributes, content)


def illustration_svg(name: str, label: str = "") -> SafeString:
    """With a label the picture speaks for itself; without one it only accompanies words."""
    attributes, content = _parts("illustrations", name)
    if label:
        return format_html(
            '<svg class="ill"{} role="img" aria-label="{}">{}</svg>', attributes, label, content
        )
    return format_html('<svg class="ill"{} aria-hidden="true">{}</svg>', attributes, content)
