"""The JSON-LD contexts that our credentials name, carried along: nothing is ever loaded from the network."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_FOLDER = Path(__file__).parent / "contexts"
_FILES = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json"}


class UnknownContext(ValueError):
    """A document names a context that we do not carry."""


def load_context(url: str, options: dict[str, Any]) -> dict[str, Any]:
    """A document loader for PyLD."""
    if url not in _FILES:
        raise UnknownContext(url)
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": _read(url),
    }


@functools.cache
def _read(url: str) -> dict[str, Any]:
    context: dict[str, Any] = json.loads((_FOLDER / _FILES[url]).read_text(encoding="utf-8"))
    return context
