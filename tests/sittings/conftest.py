"""A small bank, two learners and an assessment, built through the public doors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from assessments.items.api import Item, load_items
from assessments.sittings.api import Blueprint, Purpose
from lms.accounts.api import Person

EXAMPLES = Path(__file__).parents[1] / "items" / "data" / "examples.yaml"


@pytest.fixture
def learner(db: None) -> Person:
    return Person.objects.create_user("hoc-vien", "mat-khau-rat-dai", full_name="Nguyễn Thị Hạnh")


@pytest.fixture
def stranger(db: None) -> Person:
    return Person.objects.create_user("nguoi-khac", "mat-khau-rat-dai", full_name="Trần Văn Minh")


@pytest.fixture
def browser(learner: Person) -> Client:
    client = Client()
    client.force_login(learner)
    return client


def choice_item(number: int, *, outcome: str = "VID-3", options: int = 4, **fields: Any) -> dict[str, Any]:
    """A live choice item whose key and feedback are easy to grep for."""
    code = f"{outcome}-CH-{number:03d}"
    return {
        "id": code,
        "kind": "choice",
        "skill": outcome.split("-")[0].lower(),
        "outcome": outcome,
        "difficulty": number % 6 + 1,
        "state": "live",
        "stem": f"Câu hỏi số {number}: nên làm gì trước?",
        "options": [
            {
                "id": "abcdef"[n],
                "text": f"Cách {n} của câu {number}",
                "correct": n == number % options,
                "feedback": f"LỜI-GIẢI-KÍN {code} {n}",
            }
            for n in range(options)
        ],
        "why": f"VÌ-SAO-KÍN {code}",
        "next_step": f"VIỆC-LÀM-KÍN {code}",
        "facts": ["F-THU"],
        "source": "Nguồn thử",
        **fields,
    }


FACTS = {
    "F-THU": {
        "says": "Điều chắc chắn.",
        "source": "Nguồn thử",
        "mark": "K",
        "verified_on": "2026-11-01",
        "review_by": "2099-01-01",
    }
}


@pytest.fixture
def load(db: None, tmp_path: Path) -> Any:
    """Loads items given as content."""

    def loaded(*contents: dict[str, Any]) -> list[Item]:
        path = tmp_path / "items.yaml"
        path.write_text(yaml.safe_dump(json.loads(json.dumps({"facts": FACTS, "items": contents}))))
        report = load_items([path])
        assert not report.problems, report.problems
        return list(Item.objects.filter(code__in=[content["id"] for content in contents]).order_by("code"))

    return loaded


def spread_items(count: int) -> list[dict[str, Any]]:
    """Items over all outcomes of VNeID, so that the limit of two per outcome can be met."""
    return [choice_item(n + 1, outcome=f"VID-{n % 10 + 1}") for n in range(count)]


@pytest.fixture
def scored(load: Any) -> Blueprint:
    load(*spread_items(12))
    return Blueprint.objects.create(
        slug="vneid", title="Bài đánh giá VNeID", parts=[{"skill": "vid", "count": 10}], waiting_days=1
    )


@pytest.fixture
def practice(load: Any) -> Blueprint:
    load(*spread_items(12))
    return Blueprint.objects.create(
        slug="luyen-tap-vneid",
        title="Luyện tập VNeID",
        purpose=Purpose.PRACTICE,
        parts=[{"skill": "vid", "count": 10}],
    )
