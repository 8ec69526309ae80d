from __future__ import annotations

from typing import NamedTuple

import pytest
from django.test import Client

from courses.models import CataloguePage, CoursePage, LessonPage
from lms.accounts.api import Person
from tests.courses import build


class School(NamedTuple):
    catalogue: CataloguePage
    course: CoursePage
    lessons: list[LessonPage]

    def address(self, number: int = 0) -> str:
        return f"/khoa-hoc/{self.course.slug}/{self.lessons[number].slug}/"


@pytest.fixture
def school(db: None) -> School:
    catalogue = build.school()
    course = build.course(catalogue)
    return School(catalogue, course, build.lessons(course))


@pytest.fixture
def person(db: None) -> Person:
    return build.learner()


@pytest.fixture
def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
