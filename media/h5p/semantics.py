"""Filters parameters by the semantics of their library: what is not described does not come through.

The rules are those of the reference's content validator: text is escaped or cleaned by the tags that the field allows,
numbers are kept in their range, unknown keys and libraries are dropped, file paths stay inside the package.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import nh3

from .names import parse_name
from .safe_pattern import matches
from .walk import is_remote, media_paths

__all__ = ["Field", "LoadSemantics", "filter_params", "media_paths"]

Field = Mapping[str, Any]
LoadSemantics = Callable[[str], "list[Field] | None"]  # "H5P.Image 1.1" → its semantics; None: not installed

_DEEPEST = 64
_MOST_TAGS = 5_000  # thousands of tags inside each other would keep the cleaner busy for minutes
_ALWAYS_TAGS = frozenset({"div", "span", "p", "br"})
_TABLE = frozenset(
    [
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "colgroup",
        "col",
        "caption",
        "figure",
        "figcaption",
    ]
)
_BOLD, _ITALIC, _STRUCK = (
    frozenset({"b", "strong"}),
    frozenset({"i", "em"}),
    frozenset({"del", "s", "strike"}),
)
_TAGS_THAT_COME_TOGETHER = {
    "table": _TABLE,
    "b": _BOLD,
    "strong": _BOLD,
    "i": _ITALIC,
    "em": _ITALIC,
    "ul": frozenset({"ul", "li"}),
    "ol": frozenset({"ol", "li"}),
    "del": _STRUCK,
    "strike": _STRUCK,
    "code": frozenset({"code", "pre"}),
}
_OTHER_SAFE_TAGS = """
a abbr blockquote br code dd div dl dt h1 h2 h3 h4 h5 h6 hr kbd li mark ol p pre q samp small span sub sup u ul var
"""
_SAFE_TAGS = frozenset(_OTHER_SAFE_TAGS.split()) | _TABLE | _BOLD | _ITALIC | _STRUCK
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "target", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "*": {"lang", "dir"},
}
_STYLES = {"text-align"}
_FONT_STYLES = {
    "family": {"font-family"},
    "size": {"font-size"},
    "color": {"color"},
    "background": {"background-color"},
    "spacing": {"letter-spacing"},
    "height": {"line-height"},
}
_ENTITY = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_FILE_TYPES = frozenset({"file", "image", "audio", "video"})
_FILE_TEXTS = ("mime", "externalId")
_FILE_NUMBERS = ("width", "height", "bitrate")
_COPYRIGHT = ("title", "author", "year", "source", "license", "version")
_METADATA = (
    "title", "a11yTitle", "license", "licenseVersion", "licenseExtras", "authorComments", "source", "contentType",
    "defaultLanguage", "yearFrom", "yearTo",
)  # fmt: skip
_MIME = re.compile(
    r"(?:image|audio|video|application|text|font)/[\w.+-]{1,80}(?:;[\w=\" .,+-]{0,100})?", re.ASCII
)
_SUB_CONTENT = re.compile(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")


class _Dropped:
    """Stands for a value that does not come through."""


_DROP = _Dropped()


@dataclass(slots=True)
class _Filter:
    load: LoadSemantics
    problems: list[str] = field(default_factory=list)

    def group(self, fields: list[Field], params: Mapping[str, Any], depth: int) -> dict[str, Any]:
        if depth > _DEEPEST:
            self.problems.append("nested too deep")
            return {}
        kept: dict[str, Any] = {}
        for one in fields:
            name = one.get("name") if isinstance(one, Mapping) else None
            if isinstance(name, str) and params.get(name) is not None:
                value = self.value(one, params[name], depth)
                if value is not _DROP:
                    kept[name] = value
        return kept

    def value(self, one: Field, value: Any, depth: int) -> Any:
        kind = str(one.get("type"))
        if kind in _FILE_TYPES:
            return self._file(value)
        if kind in ("list", "group", "library"):
            nested = {"list": self._list, "group": self._group, "library": self._library}[kind]
            return nested(one, value, depth)
        if kind in ("text", "number", "boolean", "select"):
            plain = {"text": self._text, "number": _number, "boolean": _boolean, "select": self._select}[kind]
            return plain(one, value)
        self.problems.append(f"unknown type {kind[:40]}")
        return _DROP

    def _text(self, one: Field, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return _DROP
        text = str(value)
        longest = one.get("maxLength")
        if isinstance(longest, int) and not isinstance(longest, bool) and longest >= 0:
            text = text[:longest]
        rule = one.get("regexp")
        if isinstance(rule, Mapping) and not matches(
            str(rule.get("pattern", "")), str(rule.get("modifiers", "")), text
        ):
            self.problems.append(f"{one.get('name')} is not as its pattern asks")
            return ""
        return clean_html(one, text) if one.get("widget") == "html" or one.get("tags") else escape(text)

    def _select(self, one: Field, value: Any) -> Any:
        options = one.get("options")
        allowed = [option.get("value") for option in options or [] if isinstance(option, Mapping)]
        if isinstance(value, list) and one.get("multiple"):
            return [escape(part) for part in value if isinstance(part, str) and part in allowed]
        if isinstance(value, str) and value in allowed:
            return escape(value)
        self.problems.append(f"{one.get('name')} is none of its options")
        return _DROP

    def _list(self, one: Field, value: Any, depth: int) -> Any:
        inner = one.get("field")
        if not isinstance(value, list) or not isinstance(inner, Mapping):
            return _DROP
        most = one.get("max")
        taken = value[:most] if isinstance(most, int) and most > 0 else value
        kept = [self.value(inner, part, depth + 1) for part in taken if part is not None]
        return [part for part in kept if part is not _DROP]

    def _group(self, one: Field, value: Any, depth: int) -> Any:
        fields = one.get("fields")
        if not isinstance(fields, list):
            return _DROP
        if len(fields) == 1 and isinstance(fields[0], Mapping) and not one.get("isSubContent"):
            return self.value(fields[0], value, depth + 1)  # a group of one field is stored as that field
        if not isinstance(value, dict):
            return _DROP
        kept = self.group(fields, value, depth + 1)
        if one.get("isSubContent") and _is_sub_content(value.get("subContentId")):
            kept["subContentId"] = value["subContentId"]
        return kept

    def _library(self, one: Field, value: Any, depth: int) -> Any:
        wanted = value.get("library") if isinstance(value, dict) else None
        if not isinstance(wanted, str) or parse_name(wanted) is None or wanted not in _option_names(one):
            self.problems.append("a library that may not be used here")
            return _DROP
        fields = self.load(wanted)
        params = value.get("params")
        if fields is None or not isinstance(params, dict):
            self.problems.append(f"{wanted} is not installed or has no parameters")
            return _DROP
        kept: dict[str, Any] = {"library": wanted, "params": self.group(fields, params, depth + 1)}
        if _is_sub_content(value.get("subContentId")):
            kept["subContentId"] = value["subContentId"]
        metadata = value.get("metadata")
        if isinstance(metadata, dict):
            kept["metadata"] = {
                key: escape(metadata[key]) for key in _METADATA if isinstance(metadata.get(key), str)
            }
        return kept

    def _file(self, value: Any) -> Any:
        path = value.get("path") if isinstance(value, dict) else None
        if not isinstance(path, str) or not _is_safe_path(path):
            self.problems.append("a file outside the package")
            return _DROP
        kept: dict[str, Any] = {"path": escape(path)}
        mime = value.get("mime")
        if isinstance(mime, str) and _MIME.fullmatch(mime):
            kept["mime"] = mime
        kept |= {key: value[key] for key in _FILE_NUMBERS if _is_number(value.get(key))}
        rights = value.get("copyright")
        if isinstance(rights, dict):
            kept["copyright"] = {
                key: escape(rights[key]) for key in _COPYRIGHT if isinstance(rights.get(key), str)
            }
        return kept


def filter_params(
    semantics: list[Field], params: Mapping[str, Any], load: LoadSemantics | None = None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The parameters that may be shown, and why others are gone. ``load`` finds the semantics of inner libraries."""
    working = _Filter(load or (lambda name: None))
    kept = working.group(semantics, params, 0)
    return kept, tuple(working.problems[:100])


def escape(text: str) -> str:
    """As the reference does: entities that are there stay as they are."""
    text = _ENTITY.sub("&amp;", text)
    for letter, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#039;")):
        text = text.replace(letter, entity)
    return text


def clean_html(one: Field, text: str) -> str:
    if text.count("<") > _MOST_TAGS:
        return escape(text)
    asked = {str(tag) for tag in one.get("tags") or [] if isinstance(tag, str)}
    wider = (_TAGS_THAT_COME_TOGETHER.get(tag, frozenset({tag})) for tag in asked)
    tags = (_ALWAYS_TAGS.union(*wider)) & _SAFE_TAGS
    attributes = {tag: set(names) for tag, names in _ATTRIBUTES.items() if tag in tags or tag == "*"}
    attributes["*"] = attributes["*"] | {"style"}
    return nh3.clean(
        text,
        tags=set(tags),
        attributes=attributes,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        filter_style_properties=_styles(one),
        strip_comments=True,
    )


def _styles(one: Field) -> set[str]:
    styles = set(_STYLES)
    fonts = one.get("font")
    if isinstance(fonts, Mapping):
        for key, names in _FONT_STYLES.items():
            if fonts.get(key):
                styles |= names
    return styles


def _fits_pattern(rule: Any, text: str) -> bool:
    if not isinstance(rule, Mapping):
        return True
    return matches(str(rule.get("pattern", "")), str(rule.get("modifiers", "")), text)


def _number(one: Field, value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = float(value) if "." in value else int(value)
        except ValueError:
            return 0
    if not _is_number(value):
        return 0
    low, high, decimals = one.get("min"), one.get("max"), one.get("decimals")
    if _is_number(low):
        value = max(value, low)
    if _is_number(high):
        value = min(value, high)
    if isinstance(value, float) and isinstance(decimals, int) and 0 <= decimals <= 12:
        value = round(value, decimals)
    return value


def _boolean(one: Field, value: Any) -> Any:
    return value if isinstance(value, bool) else _DROP


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_sub_content(value: Any) -> bool:
    return isinstance(value, str) and bool(_SUB_CONTENT.fullmatch(value))


def _is_safe_path(path: str) -> bool:
    if is_remote(path):
        return path.startswith("https://") and not re.search(r"[\s\"'<>\\]", path)
    parts = path.split("/")
    return (
        path.isprintable()
        and ".." not in parts
        and "\\" not in path
        and ":" not in path
        and not path.startswith("/")
    )


def _option_names(one: Field) -> list[str]:
    options = one.get("options")
    if not isinstance(options, list):
        return []
    return [option if isinstance(option, str) else str(option.get("name")) for option in options if option]
