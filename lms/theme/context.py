"""How a visitor wants pages shown: text size and colours, remembered in one cookie."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "hien_thi"
TEXT_SIZES: dict[str, str | Promise] = {
    "100": _("Medium"),
    "125": _("Large"),
    "150": _("Very large"),
    "200": _("Twice as large"),
}
THEMES: dict[str, str | Promise] = {
    "light": _("Light"),
    "dark": _("Dark"),
    "contrast": _("High contrast"),
    "auto": _("Follow the device"),
}


class Display(NamedTuple):
    text: str = "100"
    theme: str = "light"

    @property
    def cookie(self) -> str:
        return f"{self.text}.{self.theme}"

    @property
    def text_sizes(self) -> dict[str, str | Promise]:
        return TEXT_SIZES

    @property
    def themes(self) -> dict[str, str | Promise]:
        return THEMES


def display_of(request: HttpRequest) -> Display:
    """The saved choice; anything that we did not write ourselves counts as no choice."""
    text, _dot, theme = request.COOKIES.get(COOKIE, "").partition(".")
    if text in TEXT_SIZES and theme in THEMES:
        return Display(text, theme)
    return Display()


def display(request: HttpRequest) -> dict[str, object]:
    return {"display": display_of(request)}
