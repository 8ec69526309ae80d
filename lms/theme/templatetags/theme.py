"""Template tags of the look: ``{% load theme %}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lms.theme import drawings, forms, navigation, written_numbers

register = template.Library()

_CALLOUT_ICONS = {"ok": "check-circle", "warn": "warning", "bad": "warning", "info": "info"}
_NOTICE_KINDS = {"success": "ok", "warning": "warn", "error": "bad"}
_DIAMOND = "M{} 2l11 11-11 11-11-11Z"
# More diamonds than this would shrink to dots on a phone; the words alone say it then.
_MOST_DIAMONDS = 20

register.simple_tag(drawings.icon_svg, name="icon")
register.simple_tag(drawings.illustration_svg, name="illustration")
register.simple_tag(forms.draw_widget, name="widget")
register.filter("widget_kind", forms.widget_kind)
register.filter("number_vi", written_numbers.plain_number)
register.filter("percent_vi", written_numbers.percent)
register.filter("vnd", written_numbers.dong)
register.filter("date_vi", written_numbers.date)
register.filter("time_vi", written_numbers.clock)
register.filter("code_groups", written_numbers.code_groups)


@register.simple_block_tag
def callout(content: str, kind: str = "info", title: str = "") -> SafeString:
    """``{% callout "warn" "Title" %}…{% endcallout %}``; kinds ok, warn, bad, info."""
    icon = drawings.icon_svg(_CALLOUT_ICONS[kind])
    heading = format_html('<p class="h"><b>{}</b></p>', title) if title else ""
    return format_html(
        '<div class="call {}">{}<div class="stack-s">{}{}</div></div>', kind, icon, heading, content
    )


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> SafeString:
    """``<a class="btn" href="#name" data-dialog>`` opens it; without a script the address alone does."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-ten"><div class="stack">'
        '<h2 id="{0}-ten">{1}</h2>{2}'
        '<p><a class="btn btn-2" href="#noi-dung" data-close>{3}</a></p></div></dialog>',
        name,
        title,
        content,
        gettext("Close, change nothing"),
    )


@register.simple_tag(takes_context=True)
def querystring_page(context: Context, number: int, key: str = "") -> str:
    """The address of another page of the same list, with the filters kept."""
    query = context["request"].GET.copy()
    query[key or "trang"] = str(number)
    return "?" + query.urlencode()


@register.filter
def notice_kind(level: str) -> str:
    """The callout kind of a message of Django's messages framework."""
    return _NOTICE_KINDS.get(level, "info")


@register.filter
def notice_icon(level: str) -> str:
    return _CALLOUT_ICONS[notice_kind(level)]


@register.simple_tag
def field(bound_field: BoundField) -> SafeString:
    return bound_field.as_field_group()


@register.inclusion_tag("theme/components/error_summary.html")
def error_summary(form: BaseForm | None) -> dict[str, object]:
    return {"lines": forms.form_errors(form) if form is not None and form.is_bound else []}


@register.simple_tag
def progress(done: int, total: int, label: str) -> SafeString:
    """Words and diamonds: filled is done, yellow is here, outlined is to come."""
    words = format_html("<span>{}</span>", label)
    if not 0 < total <= _MOST_DIAMONDS:
        return format_html('<p class="dia">{}</p>', words)
    places = ((_diamond_class(place, done), _DIAMOND.format(26 * place + 13)) for place in range(total))
    diamonds = format_html_join("", '<path class="{}" d="{}"/>', places)
    picture = format_html('<svg viewBox="0 0 {} 26" aria-hidden="true">{}</svg>', str(26 * total), diamonds)
    return format_html('<p class="dia">{}{}</p>', words, picture)


def _diamond_class(place: int, done: int) -> str:
    if place < done:
        return "d-on"
    return "d-now" if place == done else "d-off"


@register.simple_tag(takes_context=True)
def main_links(context: Context) -> list[navigation.Link]:
    return navigation.main_links(_here(context), context.flatten())


@register.simple_tag(takes_context=True)
def home_link(context: Context) -> navigation.Link:
    return navigation.home_link(_here(context))


@register.simple_tag
def local_path(path: str) -> str:
    return navigation.local_path(path)


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[navigation.Language]:
    """Uses ``page_translations`` (code to address) when the view gives it."""
    request = context.get("request")
    if request is None:
        return []
    translations: Mapping[str, str] | None = context.get("page_translations")
    return navigation.other_languages(request.get_full_path(), dict(translations) if translations else None)


def _here(context: Context) -> str:
    request: Any = context.get("request")
    return request.path if request is not None else ""
