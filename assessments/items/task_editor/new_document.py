"""The document of a task that nobody has written yet: one screen, nothing judged. Pure."""

from __future__ import annotations

from assessments.items.simulation.world import Task
from assessments.items.task_editor.naming import slug

FIRST_SCREEN = "man_hinh_chinh"
_FIRST_TITLES = {"phone": ("home", "Màn hình chính"), "desktop": ("window", "Màn hình máy tính")}


def new_document(code: str, title: str, skill: str, outcome: str, device: str) -> Task:
    kind, first_title = _FIRST_TITLES[device]
    first = {"id": FIRST_SCREEN, "kind": kind, "title": first_title, "back": False, "elements": []}
    return {
        "format": 1,
        "id": code,
        "task": slug(title, "-") or "bai-moi",
        "version": 1,
        "title": title,
        "skill": skill,
        "outcomes": [outcome],
        "audience": ["citizen"],
        "difficulty": 3,
        "tags": {
            "phone_friendly": True,
            "screen_reader_friendly": True,
            "low_literacy": False,
            "spoil_risk": "low",
            "geography": "any",
        },
        "language": {"vi": "draft"},
        "sources": [],
        "legal_basis": [],
        "verified_on": "",
        "review_by": "",
        "device": device,
        "home": FIRST_SCREEN,
        "brief": {"situation": "", "ask": "", "facts": []},
        "start": FIRST_SCREEN,
        "screens": [first],
        "vars": {},
        "private": {"criteria": [], "critical": [], "hints": [], "feedback": {"full": "", "part": ""}},
        "recorded": {"solution": [], "wrong": []},
    }
