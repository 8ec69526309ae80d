"""Loading files: idempotent, versions only when content changes, unsure facts keep items out of use."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.items.api import Fact, Item, ItemState, ItemVersion, draw, facts_overdue, load_starter_items
from lms.accounts.api import Person
from tests.sittings.conftest import FACTS, choice_item, load

__all__ = ["load"]


def test_loading_twice_changes_nothing_and_changed_content_is_a_new_version(load: Any) -> None:
    load(choice_item(1))
    load(choice_item(1))
    (item,) = load(choice_item(1, stem="Câu hỏi viết lại?"))
    assert [version.number for version in item.versions.all()] == [1, 2]
    assert item.current is not None
    assert item.current.content["stem"] == "Câu hỏi viết lại?"


def test_what_an_editor_wrote_survives_the_next_load(load: Any) -> None:
    (item,) = load(choice_item(1))
    editor = Person.objects.create_user("bien-tap", "mat-khau-rat-dai")
    edited = {**item.current.content, "stem": "Lời của biên tập viên?"}
    item.current = ItemVersion.objects.create(item=item, number=2, content=edited, created_by=editor)
    item.save()
    (again,) = load(choice_item(1))
    assert again.current.content["stem"] == "Lời của biên tập viên?"


def test_an_unsure_or_unknown_fact_keeps_an_item_in_review(
    load: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FACTS, "F-CHUA-CHAC", {**FACTS["F-THU"], "mark": "M", "verified_on": None})
    sure, unsure, unknown = load(
        choice_item(1), choice_item(2, facts=["F-CHUA-CHAC"]), choice_item(3, facts=["F-KHONG-CO"])
    )
    assert [item.state for item in (sure, unsure, unknown)] == ["live", "review", "review"]
    assert [version.item for version in draw([{"skill": "vid", "count": 5}], 1)] == [sure]


def test_overdue_facts_are_listed_and_old_ones_leave_scored_sittings(load: Any) -> None:
    load(choice_item(1))
    assert not facts_overdue()
    Fact.objects.update(review_by="2026-01-01")
    assert [(fact.key, fact.item_count) for fact in facts_overdue()] == [("F-THU", 1)]  # type: ignore[attr-defined]
    Item.objects.update(review_by="2026-01-01")
    assert draw([{"skill": "vid", "count": 5}], 1) == []


@pytest.mark.django_db
def test_starter_content_loads_without_problems_and_every_essential_skill_can_be_drawn() -> None:
    report = load_starter_items()
    assert report.problems == []
    again = load_starter_items()
    assert (again.created, again.changed) == (0, 0)
    for skill in ("dvc", "vid", "qr", "ats", "tmd"):
        drawn = draw([{"skill": skill, "count": 10}], 11)
        assert len(drawn) == 10, skill
        assert all(version.item.state == ItemState.LIVE for version in drawn)
