"""Is an SVG file only a drawing? Everything that could run, load or link is refused, never repaired in silence.

Pure: imports no Django. Only names on the lists pass, so that what browsers learn tomorrow is refused today.
Links are not on them, not even inside the drawing: copies of copies can grow without end.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_SVG = "{http://www.w3.org/2000/svg}"
_LARGEST = 200 * 1024
_MOST_ELEMENTS = 5_000
_ELEMENT_NAMES = (
    "svg g defs title desc path rect circle ellipse line polyline polygon text tspan clipPath mask pattern "
    "linearGradient radialGradient stop marker"
)
_ATTRIBUTE_NAMES = (
    "id class role lang x y x1 y1 x2 y2 dx dy cx cy r rx ry d points width height viewBox preserveAspectRatio "
    "transform fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
    "stroke-dasharray stroke-dashoffset stroke-miterlimit opacity color vector-effect clip-path clip-rule mask "
    "font-family font-size font-weight font-style text-anchor dominant-baseline alignment-baseline letter-spacing "
    "textLength lengthAdjust rotate offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod "
    "patternUnits patternTransform patternContentUnits clipPathUnits maskUnits maskContentUnits markerWidth "
    "markerHeight markerUnits orient refX refY marker-start marker-mid marker-end version paint-order "
    "aria-hidden aria-label aria-labelledby focusable fx fy"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OUTSIDE = re.compile(r"url\(\s*(?!['\"]?#)|javascript:|data:|expression\(|@import|\\", re.IGNORECASE)


class UnsafeDrawing(ValueError):
    """Why this file is not taken; the words are for developers, editors read one friendly sentence."""


def check_drawing(content: bytes) -> None:
    """Raises ``UnsafeDrawing``."""
    if len(content) > _LARGEST:
        raise UnsafeDrawing("larger than 200 KB")
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise UnsafeDrawing(f"not plain XML: {type(problem).__name__}") from None
    if root.tag != f"{_SVG}svg":
        raise UnsafeDrawing("not an SVG drawing")
    for count, element in enumerate(root.iter()):
        if count >= _MOST_ELEMENTS:
            raise UnsafeDrawing("too many parts")
        _check_element(element)


def _check_element(element: Element) -> None:
    name = str(element.tag)
    if not name.startswith(_SVG) or name.removeprefix(_SVG) not in _ELEMENTS:
        raise UnsafeDrawing(f"element {name}")
    for attribute, value in element.attrib.items():
        if attribute == _SPACE:
            continue
        if attribute not in _ATTRIBUTES:
            raise UnsafeDrawing(f"attribute {attribute}")
        if _OUTSIDE.search(value):
            raise UnsafeDrawing(f"value of {attribute}")
