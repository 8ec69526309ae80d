"""/toi/ belongs to one person; it says what is there and what is not."""

from __future__ import annotations

import json

from django.test import Client
from django.urls import reverse

from courses.models import Enrolment, LessonProgress
from lms.accounts.api import Person, erase_person, export_parts
from tests.courses.conftest import School


def test_strangers_are_sent_to_sign_in(school: School, client: Client) -> None:
    response = client.get("/toi/")
    assert response.status_code == 302
    assert "/tai-khoan/" in response.headers["Location"]


def test_a_new_person_reads_kind_empty_states(school: School, signed_in: Client) -> None:
    page = signed_in.get("/toi/").content.decode()
    assert "Chưa học khóa nào" in page
    assert page.count("<b>Chưa đo</b>") == 5
    assert "Chưa có chứng nhận nào" in page
    assert "Chưa có ai kiểm tra" in page


def test_progress_and_the_way_on_are_shown(school: School, signed_in: Client) -> None:
    signed_in.post(reverse("courses:go_on", args=[school.lessons[0].pk]), {"buoc": "3"})
    page = signed_in.get("/toi/").content.decode()
    assert "Học tiếp từ bước 3" in page
    assert "0 trong 2 bài" in page


def test_a_person_takes_everything_along(school: School, signed_in: Client, person: Person) -> None:
    signed_in.post(reverse("courses:go_on", args=[school.lessons[0].pk]), {"buoc": "3"})
    parts = json.loads(json.dumps(export_parts(person)))
    assert parts["courses"]["lessons"][0]["step"] == 3
    assert parts["courses"]["courses"][0]["course"] == school.course.title
    assert {"accounts", "sittings", "certificates", "organisations"} <= set(parts)
    assert signed_in.get("/toi/du-lieu/").status_code == 302


def test_an_erased_person_leaves_no_progress(school: School, signed_in: Client, person: Person) -> None:
    signed_in.post(reverse("courses:go_on", args=[school.lessons[0].pk]), {"buoc": "3"})
    erase_person(person)
    assert LessonProgress.objects.count() == 0
    assert Enrolment.objects.get().person is None
