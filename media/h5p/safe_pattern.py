"""Applies a pattern that came with a package, unless it could hang the server.

Such a pattern guards the editor's typing, not the server: when it is not understood it is not applied.
"""

from __future__ import annotations

import re

_LONGEST_PATTERN = 300
_LONGEST_TEXT = 300
_MOST_REPEATS = 3
_ESCAPED_OR_CLASS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_REPEAT = re.compile(r"[*+?]|\{\d*,\d*\}")
_REPEATED_GROUP = re.compile(r"\)[*+?{]")


def matches(pattern: str, modifiers: str, text: str) -> bool:
    """True when the text fits, and also when the pattern is not applied."""
    if len(text) > _LONGEST_TEXT or not _is_tame(pattern):
        return True
    try:
        compiled = re.compile(pattern, re.IGNORECASE if "i" in modifiers else 0)
    except (re.error, RecursionError, OverflowError):
        return True
    return compiled.search(text) is not None


def _is_tame(pattern: str) -> bool:
    """No repeated groups, no look-around, no references back and few repeats: on short text the time stays small."""
    if len(pattern) > _LONGEST_PATTERN or re.search(r"\\[1-9]|\(\?[^:]", pattern):
        return False
    bare = _ESCAPED_OR_CLASS.sub("x", pattern).replace("(?:", "(")
    return not _REPEATED_GROUP.search(bare) and len(_REPEAT.findall(bare)) <= _MOST_REPEATS
