"""H5P activities of lessons: open to everybody, or to the enrolled where the course asks; gone ones close the door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from courses.models import CoursePage, Enrolment, LessonPage
from lms.accounts.api import Person
from media.h5p.django_app.api import Activity, Attempt
from tests.courses.conftest import School
from tests.h5p.contents import multi_choice
from tests.h5p.site_parts import begin, package_bytes, take_in


@pytest.fixture
def activity(db: None, settings: Any, tmp_path: Path) -> Activity:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return take_in(package_bytes(multi_choice("+-")))


@pytest.fixture
def lesson(school: School, activity: Activity) -> LessonPage:
    shown = school.lessons[0]
    value = {"heading": "Thử", "activity": activity.slug}
    shown.screens = json.dumps([{"type": "h5p", "value": value}])
    shown.save_revision().publish()
    return shown


def test_everybody_plays_where_the_course_asks_nothing(
    signed_in: Client, lesson: LessonPage, activity: Activity
) -> None:
    assert begin(signed_in, activity, f"lesson:{lesson.pk}")["status"] == 200
    assert Attempt.objects.get().enrolment is None


def test_only_the_enrolled_play_where_the_course_asks(
    signed_in: Client, person: Person, school: School, lesson: LessonPage, activity: Activity
) -> None:
    CoursePage.objects.update(enrolment_needed=True)
    where = f"lesson:{lesson.pk}"
    assert begin(signed_in, activity, where)["status"] == 403
    assert not Attempt.objects.exists()
    enrolment = Enrolment.objects.create(person=person, course=school.course)
    assert begin(signed_in, activity, where)["status"] == 200
    assert Attempt.objects.get().enrolment == enrolment.pk


@pytest.mark.parametrize("where", ["lesson:0", "lesson:x", "lesson:", "other:1"])
def test_a_place_that_is_none_admits_nobody(
    where: str, signed_in: Client, lesson: LessonPage, activity: Activity
) -> None:
    assert begin(signed_in, activity, where)["status"] == 403


def test_a_lesson_that_shows_another_activity_admits_nobody(
    signed_in: Client, school: School, lesson: LessonPage, activity: Activity
) -> None:
    assert begin(signed_in, activity, f"lesson:{school.lessons[1].pk}")["status"] == 403


def test_a_lesson_shows_its_activity_and_stays_cacheable_for_visitors(
    school: School, lesson: LessonPage, signed_in: Client, activity: Activity
) -> None:
    page = Client().get(school.address())
    assert "data-h5p" in page.content.decode()
    assert "csrf" not in page.content.decode().split("data-h5p")[1].split(">")[0]
    assert "csrftoken" not in page.cookies
    assert 'data-csrf="' in signed_in.get(school.address()).content.decode()
