"""A task as a YAML file, out and in; what is not a task is told in words for editors."""

from __future__ import annotations

import datetime
from typing import Any

import yaml
from django.utils.translation import gettext as _

from assessments.items import yaml_text

LARGEST_FILE = 200_000


def as_yaml(task: dict[str, Any]) -> str:
    return yaml_text.written(task)


def from_yaml(text: str) -> tuple[dict[str, Any], str]:
    """(task, problem); the problem is empty when the text is a task that may be checked further."""
    if len(text) > LARGEST_FILE:
        return {}, _("This file is too large for a task.")
    try:
        found = yaml_text.read_text(text)
    except yaml.YAMLError as problem:
        return {}, _("This is not readable as YAML: %(problem)s") % {"problem": str(problem)[:200]}
    except RecursionError:
        return {}, _("This is not readable as YAML: %(problem)s") % {"problem": "…"}
    needed = (
        "id",
        "task",
        "skill",
        "outcomes",
        "brief",
        "start",
        "screens",
        "private",
        "recorded",
        "sources",
    )
    missing = [name for name in needed if not (isinstance(found, dict) and found.get(name))]
    if missing:
        return {}, _("These parts are missing: %(names)s") % {"names": ", ".join(missing)}
    return dict(_plain(found)), ""


def _plain(node: Any) -> Any:
    """YAML as JSON: dates become text."""
    if isinstance(node, dict):
        return {str(key): _plain(one) for key, one in node.items()}
    if isinstance(node, list):
        return [_plain(one) for one in node]
    return node.isoformat() if isinstance(node, datetime.date) else node
