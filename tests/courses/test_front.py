"""Home, catalogue and course: what a visitor finds, and that it comes from the cache until something is published."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from courses.models import CoursePage
from tests.courses import build
from tests.courses.conftest import School


@pytest.fixture
def two_courses(school: School) -> School:
    build.course(
        school.catalogue,
        "vid",
        "dinh-danh",
        title="Định danh điện tử",
        summary="VNeID",
        audiences=["student"],
    )
    return school


def titles(client: Client, query: dict[str, str]) -> list[str]:
    response = client.get("/khoa-hoc/", query)
    assert response.status_code == 200
    page = response.content.decode()
    return [course.title for course in CoursePage.objects.live() if f"{course.title}</a></h3>" in page]


def test_home_leads_to_skills_and_the_first_lesson(school: School, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Học từng bước" in page
    assert "/khoa-hoc/?ky-nang=vid" in page
    assert school.address() in page
    assert "Bắt đầu học" in page


def test_search_works_with_and_without_diacritics(two_courses: School, client: Client) -> None:
    for words in ["định danh", "dinh danh", "DINH DANH", "điện tử định", "vneid"]:
        assert titles(client, {"q": words}) == ["Định danh điện tử"]


def test_words_of_a_lesson_find_its_course(two_courses: School, client: Client) -> None:
    assert titles(client, {"q": "nhin ten truoc khi bam"}) == ["Thanh toán bằng mã QR"]
    assert titles(client, {"q": "khong zzz"}) == []
    assert "Không tìm thấy khóa học nào" in client.get("/khoa-hoc/", {"q": "zzz"}).content.decode()


def test_filters_combine(two_courses: School, client: Client) -> None:
    assert titles(client, {"cho": "student"}) == ["Định danh điện tử"]
    assert titles(client, {"cho": "citizen", "ky-nang": "vid"}) == []
    assert titles(client, {"ky-nang": "qr"}) == ["Thanh toán bằng mã QR"]


def test_what_no_link_offers_is_a_bad_request(school: School, client: Client) -> None:
    for query in ({"cho": "x"}, {"ky-nang": "'; --"}, {"trang": "0"}, {"trang": "99"}):
        assert client.get("/khoa-hoc/", query).status_code == 400


def test_course_shows_outcomes_and_lessons(school: School, client: Client) -> None:
    page = client.get(school.course.url).content.decode()
    assert "Đọc tên người nhận" in page
    assert page.count("Chưa học") == 2
    assert "Đã học 0 trong 2 bài" in page


def test_prerequisites_are_named(two_courses: School, client: Client) -> None:
    course = CoursePage.objects.get(slug="dinh-danh")
    course.prerequisites.add(two_courses.course)
    course.save_revision(clean=False).publish()
    page = client.get(course.url).content.decode()
    assert "Nên học trước" in page
    assert "Thanh toán bằng mã QR" in page


def test_publishing_purges_stored_pages(
    school: School, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    addresses = ["/", "/khoa-hoc/", "/khoa-hoc/ma-qr/", school.address()]
    for address in addresses:
        client.get(address)
        assert client.get(address).headers["X-Page-Cache"] == "hit"
    with django_capture_on_commit_callbacks(execute=True):
        school.course.title = "Tên mới của khóa"
        school.course.save_revision(clean=False).publish()
    again = {address: client.get(address) for address in addresses}
    assert {page.headers["X-Page-Cache"] for page in again.values()} == {"stored"}
    assert "Tên mới của khóa" in again["/khoa-hoc/"].content.decode()


def test_a_signed_in_person_gets_own_pages_only(school: School, signed_in: Client) -> None:
    for address in ("/", "/khoa-hoc/", "/khoa-hoc/ma-qr/"):
        assert "X-Page-Cache" not in signed_in.get(address).headers
