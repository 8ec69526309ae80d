"""Simulated tasks of the starter folder as content of items: one file, one task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TASKS = Path(__file__).resolve().parents[1] / "starter" / "tasks"
# What only a secondary source or memory says may not carry a live item.
_UNSURE = {"C", "M"}
_SURE_STATE, _UNSURE_STATE = "live", "review"


def is_task(document: dict[str, Any]) -> bool:
    return "task" in document and "screens" in document


def content_of(task: dict[str, Any]) -> dict[str, Any]:
    """The item's content; the whole task stands under ``simulation``, judgement included."""
    feedback = task["private"].get("feedback") or {}
    return {
        "id": task["id"],
        "kind": "simulated_task",
        "skill": task["skill"].lower(),
        "outcome": task["outcomes"][0],
        "title": task["title"],
        "stem": task["title"],
        "context": task["brief"]["situation"],
        "difficulty": task["difficulty"],
        "audience": task["audience"],
        "tags": sorted(name for name, value in (task.get("tags") or {}).items() if value is True),
        "state": _state(task),
        "why": feedback.get("full", ""),
        "source": "; ".join(dict.fromkeys(one["source"] for one in task["sources"])),
        "verified_on": task["verified_on"],
        "review_by": task["review_by"],
        "simulation": task,
    }


def _state(task: dict[str, Any]) -> str:
    return _UNSURE_STATE if any(one["mark"] in _UNSURE for one in task["sources"]) else _SURE_STATE
