"""The rules of h5p.json and library.json, as the reference validator has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import IssueLog
from .names import MACHINE_NAME, VERSION_PART

CORE_API = (1, 27)  # the newest interface of the player that scripts may ask for

Rule = re.Pattern[str] | tuple[str, ...] | dict[str, Any]
Rules = Mapping[str, Rule]


def _pattern(text: str, flags: re.RegexFlag = re.ASCII) -> re.Pattern[str]:
    return re.compile(text, flags)


_TITLE = _pattern(r".{1,255}")
_LONG = _pattern(r".{1,5000}", re.DOTALL)
_FLAG = _pattern(r"0|1")
_SIZE = _pattern(r"[0-9]{1,4}")
_NAME: dict[str, Any] = {
    "machineName": MACHINE_NAME,
    "majorVersion": VERSION_PART,
    "minorVersion": VERSION_PART,
}
_EMBED_TYPES = ("iframe", "div")

PACKAGE_REQUIRED: Rules = {
    "title": _TITLE,
    "language": _pattern(r"[-a-zA-Z]{1,10}"),
    "preloadedDependencies": _NAME,
    "mainLibrary": _pattern(r"[$a-zA-Z_][0-9a-zA-Z_.$]{1,254}"),
    "embedTypes": _EMBED_TYPES,
}
PACKAGE_OPTIONAL: Rules = {
    "contentType": _TITLE,
    "dynamicDependencies": _NAME,
    "author": _TITLE,
    "authors": {"name": _TITLE, "role": _pattern(r"\w+")},
    "source": _pattern(r"https?://.+"),
    "license": _pattern(
        r"CC BY|CC BY-SA|CC BY-ND|CC BY-NC|CC BY-NC-SA|CC BY-NC-ND|CC0 1\.0|GNU GPL|PD|ODC PDDL|CC PDM|U|C"
    ),
    "licenseVersion": _pattern(r"1\.0|2\.0|2\.5|3\.0|4\.0"),
    "licenseExtras": _LONG,
    "yearsFrom": _SIZE,
    "yearsTo": _SIZE,
    "changes": {
        "date": _pattern(r"[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{1,2}:[0-9]{2}:[0-9]{2}"),
        "author": _TITLE,
        "log": _LONG,
    },
    "authorComments": _LONG,
    "w": _SIZE,
    "h": _SIZE,
    "metaKeywords": _pattern(r".+"),
    "metaDescription": _pattern(r".+"),
}
LIBRARY_REQUIRED: Rules = {"title": _TITLE, **_NAME, "patchVersion": VERSION_PART, "runnable": _FLAG}
LIBRARY_OPTIONAL: Rules = {
    "author": _TITLE,
    "license": _pattern(
        r"cc-by|cc-by-sa|cc-by-nd|cc-by-nc|cc-by-nc-sa|cc-by-nc-nd|pd|cr|MIT|GPL1|GPL2|GPL3|MPL|MPL2"
    ),
    "description": _pattern(r".+"),
    "dynamicDependencies": _NAME,
    "preloadedDependencies": _NAME,
    "editorDependencies": _NAME,
    # One class of characters instead of the reference's nested repetition, which can hang.
    "preloadedJs": {"path": _pattern(r"[a-z_\-\s0-9./\\]+\.js", re.ASCII | re.IGNORECASE)},
    "preloadedCss": {"path": _pattern(r"[a-z_\-\s0-9./\\]+\.css", re.ASCII | re.IGNORECASE)},
    "dropLibraryCss": {"machineName": MACHINE_NAME},
    "w": _SIZE,
    "h": _SIZE,
    "embedTypes": _EMBED_TYPES,
    "fullscreen": _FLAG,
    "coreApi": {"majorVersion": VERSION_PART, "minorVersion": VERSION_PART},
}


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks one manifest; ``invalid_code`` is what a value of the wrong shape is called."""

    log: IssueLog
    path: str
    invalid_code: str
    longest_list: int

    def check(self, data: Mapping[str, Any], required: Rules, optional: Rules) -> None:
        for key, rule in required.items():
            if data.get(key) is None:
                self._missing(key)
            else:
                self._check_value(key, data[key], rule)
        for key, rule in optional.items():
            if data.get(key) is not None:
                self._check_value(key, data[key], rule)
        self._check_core_api(data.get("coreApi"))

    def _check_value(self, key: str, value: object, rule: Rule) -> None:
        if isinstance(rule, re.Pattern):
            if not _matches(rule, value):
                self._invalid(key)
        elif isinstance(rule, tuple):
            self._check_options(key, value, rule)
        else:
            self._check_objects(key, value, rule)

    def _check_options(self, key: str, value: object, allowed: tuple[str, ...]) -> None:
        chosen = value if isinstance(value, list) else [value]
        if any(option not in allowed for option in chosen):
            message = f"{key} may only hold {', '.join(allowed)}"
            self.log.error("illegal-option-in-library", self.path, message)

    def _check_objects(self, key: str, value: object, rules: Rules) -> None:
        objects = [value] if isinstance(value, dict) else value
        if not isinstance(objects, list):
            self._invalid(key)
            return
        if len(objects) > self.longest_list:
            self.log.error(self.invalid_code, self.path, f"{key} has more than {self.longest_list} parts")
            return
        for one in objects:
            self._check_object(key, one, rules)

    def _check_object(self, key: str, value: object, rules: Rules) -> None:
        if not isinstance(value, dict):
            self._invalid(key)
            return
        for part, rule in rules.items():
            if value.get(part) is None:
                self._missing(f"{key}.{part}")
            elif not _matches(rule, value[part]):
                self._invalid(f"{key}.{part}")

    def _check_core_api(self, wanted: object) -> None:
        if not isinstance(wanted, dict):
            return
        parts = [str(wanted.get(part, "")) for part in ("majorVersion", "minorVersion")]
        if not all(VERSION_PART.fullmatch(part) for part in parts):
            return
        if (int(parts[0]), int(parts[1])) > CORE_API:
            message = f"needs interface {'.'.join(parts)}, this is {CORE_API[0]}.{CORE_API[1]}"
            self.log.error("api-version-unsupported", self.path, message)

    def _missing(self, key: str) -> None:
        self.log.error("missing-required-property", self.path, f"{key} is missing")

    def _invalid(self, key: str) -> None:
        self.log.error(self.invalid_code, self.path, f"{key} is not valid")


def _matches(rule: Any, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    return bool(rule.fullmatch(str(value)))
