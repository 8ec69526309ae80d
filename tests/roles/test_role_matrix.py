"""Each of the six demonstration people and an anonymous visitor against every address of our own rooms.

200 open · 302 to sign-in (or on, where said) · 403 not for this person · 404 not theirs to know of · 405 only by POST.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver

from tests.http_visitor import Visitor
from tests.running_site import DEMO_PASSWORD, RunningSite

PEOPLE = ["anonymous", "hocvien", "bientap", "bithu", "canbo", "lanhdao", "quantri"]
OPEN = [200] * 7
MINE = [302, 200, 200, 200, 200, 200, 200]
POST_ONLY = [405] * 7
POST_ONLY_MINE = [302, 405, 405, 405, 405, 405, 405]
LEARNERS_OWN = [302, 200, 404, 404, 404, 404, 404]
ROSTER = [302, 403, 403, 200, 403, 403, 200]
ROSTER_POST = [302, 403, 403, 405, 403, 403, 405]
OTHER_ROSTER = [302, 403, 403, 404, 403, 403, 200]
COMMITTEE = [302, 403, 403, 403, 403, 200, 200]
# name of the address: (path, statuses in the order of PEOPLE)
MATRIX: dict[str, tuple[str, list[int]]] = {
    "healthz": ("/healthz", OPEN),
    "readyz": ("/readyz", OPEN),
    "metrics": ("/metrics", OPEN),
    "upload": ("/tep/imports/x.xlsx", [404] * 7),
    "theme:display": ("/hien-thi/", POST_ONLY),
    "theme:style_page": ("/phong-cach/", [403, 403, 200, 403, 403, 403, 200]),
    "accounts:card_sign_in": ("/tai-khoan/the/", OPEN),
    "accounts:card_token": ("/tai-khoan/the/khong-co/", OPEN),
    "accounts:my_data": ("/tai-khoan/du-lieu/", MINE),
    "accounts:change_consent": ("/tai-khoan/du-lieu/dong-y/", POST_ONLY_MINE),
    "accounts:export": ("/tai-khoan/du-lieu/tai-ve/", POST_ONLY_MINE),
    "accounts:erase": ("/tai-khoan/du-lieu/xoa/", POST_ONLY_MINE),
    "organisations:my_units": ("/don-vi/", ROSTER),
    "organisations:import_progress": (
        f"/don-vi/nhap/{uuid.UUID(int=1)}/",
        [302, 403, 403, 404, 403, 403, 404],
    ),
    "organisations:save_list": (f"/don-vi/nhap/{uuid.UUID(int=1)}/luu/", ROSTER_POST),
    "organisations:unit_people": ("/don-vi/{cell}/", ROSTER),
    "another unit": ("/don-vi/{agency}/", OTHER_ROSTER),
    "organisations:add_one": ("/don-vi/{cell}/them/", ROSTER),
    "organisations:send_list": ("/don-vi/{cell}/nhap/", ROSTER),
    "organisations:print_cards": ("/don-vi/{cell}/the/", ROSTER),
    "organisations:withdraw_cards": ("/don-vi/{cell}/the/thu-hoi/", ROSTER_POST),
    "sittings:list": ("/danh-gia/", OPEN),
    "sittings:assessment": ("/danh-gia/vneid/", OPEN),
    "sittings:start": ("/danh-gia/vneid/bat-dau/", POST_ONLY),
    "sittings:sitting": ("/danh-gia/luot/{sitting}/", LEARNERS_OWN),
    "sittings:answer": ("/danh-gia/luot/{sitting}/tra-loi/", POST_ONLY),
    "sittings:finish": ("/danh-gia/luot/{sitting}/ket-thuc/", LEARNERS_OWN),
    "sittings:result": ("/danh-gia/luot/{sitting}/ket-qua/", [302, 303, 404, 404, 404, 404, 404]),
    "sittings:tasks": ("/danh-gia/viec/", OPEN),
    "sittings:task_start": ("/danh-gia/viec/bat-dau/", POST_ONLY),
    "sittings:task_intro": ("/danh-gia/viec/thu/VID-7-ST-401/", OPEN),
    "sittings:task_play": (f"/danh-gia/viec/{uuid.UUID(int=1)}/", [404] * 7),
    "sittings:task_data": (f"/danh-gia/viec/{uuid.UUID(int=1)}/the-gioi/", [404] * 7),
    "sittings:task_trace": (f"/danh-gia/viec/{uuid.UUID(int=1)}/vet/", POST_ONLY),
    "sittings:task_result": (f"/danh-gia/viec/{uuid.UUID(int=1)}/ket-qua/", [404] * 7),
    "sittings:task_picture": (f"/danh-gia/viec/{uuid.UUID(int=1)}/hinh/abc", [404] * 7),
    "sittings:task_record": (f"/danh-gia/viec/{uuid.UUID(int=1)}/ghi-lai/", POST_ONLY),
    "sittings:task_start_in_sitting": ("/danh-gia/luot/{sitting}/viec/", POST_ONLY),
    "certificates:page": ("/c/0000-0000-0000-0000", [404] * 7),
    "certificates:form": ("/chung-nhan/", OPEN),
    "certificates:pdf": ("/chung-nhan/0000000000000000/pdf", [302, 404, 404, 404, 404, 404, 404]),
    "proficiency:start": ("/so-lieu/", [302, 403, 403, 302, 403, 302, 302]),
    "proficiency:unit": ("/so-lieu/{province_slug}/", [302, 403, 403, 404, 403, 200, 200]),
    "figures of the own cell": ("/so-lieu/{cell_slug}/", [302, 403, 403, 200, 403, 200, 200]),
    "proficiency:print": ("/so-lieu/{cell_slug}/in/", [302, 403, 403, 200, 403, 200, 200]),
    "proficiency:explain": ("/so-lieu/{cell_slug}/giai-thich/", [302, 403, 403, 200, 403, 200, 200]),
    "proficiency:csv": ("/so-lieu/{cell_slug}/bang.csv", [302, 403, 403, 200, 403, 200, 200]),
    "proficiency:xlsx": ("/so-lieu/{cell_slug}/bang.xlsx", [302, 403, 403, 200, 403, 200, 200]),
    "proficiency:residents": ("/so-lieu/quan-ly/dan-so/", COMMITTEE),
    "proficiency:samples": ("/so-lieu/quan-ly/mau/", COMMITTEE),
    "proficiency:sample": (
        f"/so-lieu/quan-ly/mau/{uuid.UUID(int=1)}/",
        [302, 403, 403, 403, 403, 404, 404],
    ),
    "proficiency:sample_reply": (
        f"/so-lieu/quan-ly/mau/{uuid.UUID(int=1)}/tra-loi/",
        [302, 403, 403, 403, 403, 405, 405],
    ),
    "runs of the estimates": ("/quan-tri/reports/uoc-luong/", [302, 302, 302, 302, 302, 302, 200]),
    "courses:course": ("/khoa-hoc/vneid/", OPEN),
    "courses:lesson": ("/khoa-hoc/vneid/mat-may-doi-may/", OPEN),
    "courses:go_on": ("/hoc/buoc/1/", POST_ONLY),
    "courses:card": ("/hoc/the/{lesson}/", OPEN),
    "courses:my_learning": ("/toi/", MINE),
    "courses:my_data": ("/toi/du-lieu/", [302] * 7),
    "home": ("/", OPEN),
    "catalogue": ("/khoa-hoc/", OPEN),
    "english": ("/en/", OPEN),
    "admin": ("/quan-tri/", [302, 302, 200, 302, 302, 302, 200]),
    "admin pages": ("/quan-tri/pages/", [302, 302, 200, 302, 302, 302, 200]),
    "admin people": ("/quan-tri/users/", [302, 302, 302, 302, 302, 302, 200]),
    "machine interface": ("/api/v1/openapi.json", OPEN),
}
OUTSIDE = ("account_", "mfa_", "socialaccount_", "openid_connect_", "wagtail", "-")


def _names(patterns: list[object], spaces: list[str]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if "quan-tri" not in str(pattern.pattern) and "api/v1" not in str(pattern.pattern):
                inner = [*spaces, pattern.namespace] if pattern.namespace else spaces
                yield from _names(pattern.url_patterns, inner)
        else:
            name = getattr(pattern, "name", None)
            if name and not name.startswith(OUTSIDE):
                yield ":".join([*spaces, name])


def test_every_address_of_our_rooms_stands_in_the_matrix() -> None:
    names = set(_names(get_resolver().url_patterns, []))
    assert names - set(MATRIX) == set()


@pytest.fixture(scope="module")
def places(site: RunningSite) -> dict[str, str]:
    """Things that exist: units of the roles, a lesson, an open sitting of the learner."""
    learner = Visitor(site.port)
    learner.sign_in("hocvien", DEMO_PASSWORD)
    learner.get("/danh-gia/luyen-tap-vneid/")
    learner.post(learner.form("bat-dau"))
    sitting = learner.url.split("/luot/")[1].split("/")[0]
    unit_of = "select u.uuid, u.slug from organisations_role r join organisations_unit u on u.id = r.unit_id"
    unit_of += " join accounts_person p on p.id = r.person_id where p.username = '{}'"
    cell, agency, province = (
        site.rows(unit_of.format(person))[0] for person in ("bithu", "canbo", "lanhdao")
    )
    lesson = site.rows(
        "select p.id from courses_lessonpage l join wagtailcore_page p on p.id = l.page_ptr_id where p.live"
    )[0]
    return {
        "cell": str(uuid.UUID(str(cell[0]))),
        "cell_slug": cell[1],
        "agency": str(uuid.UUID(str(agency[0]))),
        "province_slug": province[1],
        "lesson": str(lesson[0]),
        "sitting": sitting,
    }


@pytest.mark.parametrize("person", PEOPLE)
def test_the_matrix_holds(site: RunningSite, places: dict[str, str], person: str) -> None:
    visitor = Visitor(site.port)
    if person != "anonymous":
        visitor.sign_in(person, DEMO_PASSWORD)
    column = PEOPLE.index(person)
    found, expected = {}, {}
    for name, (path, statuses) in MATRIX.items():
        found[name] = visitor.request("GET", path.format(**places))
        expected[name] = statuses[column]
    assert found == expected


def test_posts_without_a_token_change_nothing(site: RunningSite, places: dict[str, str]) -> None:
    visitor = Visitor(site.port)
    visitor.sign_in("hocvien", DEMO_PASSWORD)
    for name in ("sittings:start", "sittings:answer", "accounts:erase", "organisations:save_list"):
        path = MATRIX[name][0].format(**places)
        assert visitor.request("POST", path, "a=1") == 403, name
