"""``manage.py audit_content``: the stored bank and its pages, or the files before anything is loaded."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.items.api import Item, ItemState, ItemVersion
from assessments.items.audit import read_files
from courses.models import LessonPage
from tests.courses import build


def run(*options: str) -> tuple[str, str, str]:
    """(stdout, stderr, why it failed)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("audit_content", *options, stdout=out, stderr=err)
    except CommandError as refusal:
        return out.getvalue(), err.getvalue(), str(refusal)
    return out.getvalue(), err.getvalue(), ""


@pytest.fixture
def lesson(db: None) -> LessonPage:
    """A course of one lesson with its items; the lesson's tasks are not loaded."""
    (page,) = build.lessons(build.course(build.school(), "vid", "vneid"), "vid", 1, first=5)
    return page


def faults(code: str) -> list[dict[str, Any]]:
    report = json.loads(run("--json")[0])
    assert report["source"] == "stored"
    return [fault for fault in report["faults"] if fault["code"] == code and not fault["warning"]]


def test_the_stored_bank_is_audited_with_the_pages(lesson: LessonPage) -> None:
    assert lesson.code == "VID-L06"
    report = json.loads(run("--json")[0])
    assert (report["source"], report["lessons"], report["items"]) == ("stored", 1, 0)
    assert report["practice_only"] == Item.objects.count() > 3
    told = {(fault["code"], fault["id"]) for fault in report["faults"] if not fault["warning"]}
    # The one thing amiss: the lesson names a task that is not loaded here.
    assert {pair for pair in told if pair[0] != "E19"} <= {("E20", "VID-L06"), ("E04", "F-VID-KHOA")}
    assert len(report["blueprint"]["missing"]) > 200
    assert run()[2].endswith("faults in the content")


def test_what_an_editor_spoiled_is_told(lesson: LessonPage) -> None:
    item = Item.objects.filter(kind="choice").order_by("code").first()
    assert item is not None
    assert item.current is not None
    assert faults("E03") == []
    content = json.loads(json.dumps(item.current.content))
    content["options"][0]["feedback"] = "Sai."
    item.current = ItemVersion.objects.create(item=item, number=9, content=content)
    item.save()
    (fault,) = faults("E03")
    assert (fault["id"], fault["field"]) == (item.code, f"options.{content['options'][0]['id']}")
    Item.objects.filter(pk=item.pk).update(state=ItemState.REVIEW)
    assert faults("E03") == []


def test_what_an_editor_spoiled_in_a_lesson_is_told(lesson: LessonPage) -> None:
    raw = list(lesson.screens.raw_data)
    raw[2]["value"]["text"] = "<p>" + "Mất máy thì khóa lại ngay. " * 7 + "</p>"
    raw[2]["value"]["audio_script"] = "Gọi 156 nhé."
    lesson.screens = json.dumps(raw)
    lesson.save_revision(clean=False).publish()
    assert ("VID-L06", "screens.s03.text") in {(fault["id"], fault["field"]) for fault in faults("E20")}
    assert [fault["field"] for fault in faults("E13")] == ["screens.s03.audio_script"]


@pytest.mark.django_db
def test_before_anything_is_loaded_the_files_are_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    few = [read_files.LESSONS / "vid-mat-may-doi-may.yaml"]
    monkeypatch.setattr(read_files, "starter_files", lambda: few)
    out, err, why = run()
    assert "Nothing is loaded yet" in err
    assert "E19 VID " in out
    assert why
    assert json.loads(run("--json", "--files")[0])["source"] == "files"


@pytest.mark.django_db
def test_a_file_that_is_no_content_stops_the_audit(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    broken = tmp_path / "hong.yaml"
    broken.write_text("[1, 2", encoding="utf-8")
    monkeypatch.setattr(read_files, "starter_files", lambda: [broken])
    assert "hong.yaml cannot be read" in run("--files")[2]
