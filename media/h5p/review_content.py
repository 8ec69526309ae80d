"""Looks at a package's content for what is not wrong but will disappoint: only warnings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .errors import IssueLog
from .marked_words import LONGEST_TEXT, has_split_phrase
from .walk import media_paths, nested_contents

_PATH = "content/content.json"
_MOST_MARKED_TEXT = 4 * LONGEST_TEXT


def review_content(
    content: Mapping[str, Any], main_library: object, members: Collection[str], log: IssueLog
) -> None:
    for path in dict.fromkeys(media_paths(content)):
        if f"content/{path}" not in members:
            log.warning(
                "missing-media", f"content/{path}"[:200], "named in the content but not in the package"
            )
    budget = _MOST_MARKED_TEXT
    for text in _marked_texts(content, main_library):
        budget -= len(text)
        if len(text) <= LONGEST_TEXT and budget >= 0 and has_split_phrase(text):
            message = "a phrase of several syllables in one pair of asterisks becomes several words"
            log.warning("split-phrase", _PATH, message)


def _marked_texts(content: Mapping[str, Any], main_library: object) -> Iterator[str]:
    for library, params in nested_contents(str(main_library), content):
        text = params.get("textField")
        if library == "H5P.MarkTheWords" and isinstance(text, str):
            yield text
