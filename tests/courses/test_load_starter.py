"""``load_starter`` builds the whole site once; loading again changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from courses.models import CoursePage, LessonPage
from lms.accounts.api import Person


def counts() -> tuple[int, int, list[int]]:
    revisions = [page.revisions.count() for page in LessonPage.objects.order_by("pk")]
    return CoursePage.objects.count(), LessonPage.objects.count(), revisions


@pytest.mark.django_db
def test_the_starter_site(
    monkeypatch: pytest.MonkeyPatch, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "mat-khau-thu-1")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_starter")
    before = counts()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_starter")
    assert counts() == before
    vneid = CoursePage.objects.get(slug="vneid", locale__language_code="vi")
    assert len(vneid.lessons) >= 8
    assert CoursePage.objects.filter(locale__language_code="vi").count() == 8
    for address in (
        "/",
        "/khoa-hoc/",
        vneid.url,
        vneid.lesson_address(vneid.lessons[0]),
        "/en/",
        "/en/khoa-hoc/",
    ):
        assert client.get(address).status_code == 200
    _english(client)
    _editors()


def _english(client: Client) -> None:
    course = client.get("/en/khoa-hoc/vneid/").content.decode()
    assert "VNeID for everybody" in course
    assert "Start learning" in course
    lesson = CoursePage.objects.get(slug="vneid", locale__language_code="en").lessons[0]
    page = client.get(f"/en/khoa-hoc/vneid/{lesson.slug}/").content.decode()
    assert "not in English yet" in page
    assert 'lang="vi"' in page


def _editors() -> None:
    editor = Person.objects.get(username="bientap")
    lesson = LessonPage.objects.filter(locale__language_code="vi").first()
    assert lesson is not None
    permissions = lesson.permissions_for_user(editor)
    assert permissions.can_edit()
    assert not permissions.can_publish()
    assert permissions.can_submit_for_moderation()
    assert lesson.get_workflow().name == "Duyệt nội dung"
    assert not Person.objects.get(username="hocvien").has_perm("wagtailadmin.access_admin")
