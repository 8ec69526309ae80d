"""The links that stand on every page, and the same page in the other language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import translate_url
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Link(NamedTuple):
    href: str
    label: str | Promise
    icon: str
    current: str = ""


class Language(NamedTuple):
    code: str
    name: str
    href: str


_MAIN = [
    Link("/khoa-hoc/", _("Courses"), "book"),
    Link("/danh-gia/", _("Assessments"), "check-circle"),
    Link("/toi/", _("My learning"), "person"),
    Link("/chung-nhan/", _("Check a certificate"), "certificate"),
]
# What only some people may open, by the flag of the page's context.
_BY_FLAG = {
    "nav_figures": Link("/so-lieu/", _("Figures"), "chart"),
    "nav_roster": Link("/don-vi/", _("My units"), "people"),
    "nav_staff_check": Link("/can-bo/", _("Staff checks"), "certificate"),
    "nav_admin": Link("/quan-tri/", _("Write lessons"), "edit"),
}


def local_path(path: str) -> str:
    """The address of a page in the language that the visitor reads."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return path
    with translation.override(settings.LANGUAGE_CODE):
        return translate_url(path, language)


def main_links(here: str, flags: Mapping[Any, object]) -> list[Link]:
    """Links for everybody, then those that a flag of the context allows."""
    allowed = [link for flag, link in _BY_FLAG.items() if flags.get(flag)]
    return [_placed(link, here) for link in [*_MAIN, *allowed]]


def home_link(here: str) -> Link:
    home = local_path("/")
    return Link(home, _("Home"), "home", "page" if here == home else "")


def _placed(link: Link, here: str) -> Link:
    """``page`` when it is this page, ``true`` when this page lies below it."""
    href = local_path(link.href)
    if here == href:
        return link._replace(href=href, current="page")
    return link._replace(href=href, current="true" if here.startswith(href) else "")


def other_languages(full_path: str, translations: dict[str, str] | None = None) -> list[Language]:
    """This page in the other languages; a page that knows its translations passes their addresses."""
    current = translation.get_language()
    found = []
    for code, name in settings.LANGUAGES:
        if code == current:
            continue
        href = translations.get(code, "") if translations is not None else translate_url(full_path, code)
        if href and href != full_path:
            found.append(Language(code, name, href))
    return found
