"""Read the YAML files of starter content and of settings of rooms; libyaml where it is, ten times faster."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Plain values only (no Python objects), every text in NFC. Raises yaml.YAMLError for what is no YAML."""
    text = path.read_text(encoding="utf-8")
    return yaml.load(unicodedata.normalize("NFC", text), Loader=_Loader)  # noqa: S506 - a safe loader, in C where it is
