"""Suspicious places in a picture. Every place has a label, so that it works by ear and without the picture."""

from __future__ import annotations

import functools
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import Context, parts_of
from assessments.items.kinds.pick_some import PickSome
from assessments.items.verdict import Answer, Content

_FOLDER = "items/pictures/"


class Hotspot(PickSome):
    code = "hotspot"
    letters = "HS"
    label = gettext_lazy("Hotspot")
    practical = True
    parts_name = "regions"
    count_name = "marks_to_find"
    text_name = "label"
    fewest = 3

    def validate(self, content: Content) -> list[str]:
        faults = super().validate(content)
        faults += [
            _("Region “%(id)s” does not lie inside the picture.") % {"id": region.get("id", "?")}
            for region in parts_of(content, "regions")
            if not _inside(region.get("rect"))
        ]
        picture = content.get("picture")
        if not isinstance(picture, dict) or not str(picture.get("alt") or "").strip():
            faults.append(_("The picture needs an alternative text."))
        return faults

    def order(self, content: Content, seed: int) -> list[Content]:
        """As the eye goes: from top to bottom, whatever order the author wrote."""
        return sorted(parts_of(content, "regions"), key=lambda region: (region["rect"][1], region["rect"][0]))

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        context = super().ask(content, seed, draft)
        picture = content["picture"]
        width, height = int(picture.get("width", 360)), int(picture.get("height", 360))
        context["picture"] = {
            "path": _static_path(str(picture.get("file", ""))),
            "alt": picture["alt"],
            "width": width,
            "height": height,
        }
        for shown, region in zip(context["options"], self.order(content, seed), strict=True):
            shown["box"] = _box(region["rect"], width, height)
        return context


def _inside(rect: Any) -> bool:
    """Percent of the picture: x, y, width, height."""
    if not isinstance(rect, list) or len(rect) != 4 or not all(isinstance(n, int | float) for n in rect):
        return False
    x, y, width, height = rect
    return x >= 0 and y >= 0 and width > 0 and height > 0 and x + width <= 100 and y + height <= 100


def _box(rect: list[float], width: int, height: int) -> dict[str, float]:
    x, y, w, h = rect
    return {
        "x": round(x * width / 100),
        "y": round(y * height / 100),
        "width": round(w * width / 100),
        "height": round(h * height / 100),
    }


@functools.cache
def _static_path(file: str) -> str:
    """Empty when the picture is not drawn yet: the labels alone can be answered."""
    path = _FOLDER + file
    return path if file and "/" not in file and finders.find(path) else ""
