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
LED = [302, 403, 403, 404, 403, 403, 404]
ROSTER_POST = [302, 403, 403, 405, 403, 403, 405]
OTHER_ROSTER = [302, 403, 403, 404, 403, 403, 200]
COMMITTEE = [302, 403, 403, 403, 403, 200, 200]
STAFF_CHECK = [302, 403, 403, 403, 200, 403, 200]
STAFF_CHECK_GONE = [302, 403, 403, 403, 404, 403, 404]
STAFF_CHECK_POST = [302, 403, 403, 403, 405, 403, 405]
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
    "credentials:did": ("/.well-known/did.json", OPEN),
    "credentials:jwks": ("/.well-known/jwks.json", OPEN),
    "credentials:key": ("/keys/khong-co.json", [404] * 7),
    "credentials:status": ("/status/999999", [404] * 7),
    "credentials:achievement": ("/achievements/vid-co-ban/1", OPEN),
    "certificates:page": ("/c/0000-0000-0000-0000", [404] * 7),
    "certificates:form": ("/chung-nhan/", OPEN),
    "certificates:file": ("/chung-nhan/tep/", POST_ONLY),
    "certificates:offline": ("/chung-nhan/ngoai-mang/", OPEN),
    "certificates:offline_manifest": ("/chung-nhan/ngoai-mang/ung-dung.json", OPEN),
    "certificates:offline_worker": ("/chung-nhan/ngoai-mang/nen.js", OPEN),
    "certificates:offline_data": ("/chung-nhan/ngoai-mang/du-lieu.json", OPEN),
    "certificates:share": ("/chung-nhan/0000000000000000/chia-se/", [302, 404, 404, 404, 404, 404, 404]),
    "certificates:withdraw_share": (
        f"/chung-nhan/0000000000000000/chia-se/{uuid.UUID(int=1)}/thu-hoi/",
        POST_ONLY_MINE,
    ),
    "certificates:batches": ("/chung-nhan/dot-cap/", COMMITTEE),
    "certificates:batch": (
        f"/chung-nhan/dot-cap/{uuid.UUID(int=1)}/",
        [302, 403, 403, 403, 403, 404, 404],
    ),
    "certificates:batch_again": (
        f"/chung-nhan/dot-cap/{uuid.UUID(int=1)}/lam-lai/",
        [302, 403, 403, 403, 403, 405, 405],
    ),
    "certificates:batch_archive": (
        f"/chung-nhan/dot-cap/{uuid.UUID(int=1)}/tep.zip",
        [302, 403, 403, 403, 403, 404, 404],
    ),
    "certificates:batch_print": (
        f"/chung-nhan/dot-cap/{uuid.UUID(int=1)}/in.pdf",
        [302, 403, 403, 403, 403, 404, 404],
    ),
    "certificates:coaching": ("/chung-nhan/huong-dan/", MINE),
    "certificates:coaching_take_back": ("/chung-nhan/huong-dan/thu-hoi/1/", POST_ONLY_MINE),
    "certificates:coaching_consent": (
        "/chung-nhan/huong-dan/khong-co/",
        [302, 404, 404, 404, 404, 404, 404],
    ),
    "certificates:pdf": ("/chung-nhan/0000000000000000/pdf", [302, 404, 404, 404, 404, 404, 404]),
    "certificates:staff_checks:checks": ("/can-bo/", STAFF_CHECK),
    "certificates:staff_checks:send_list": ("/can-bo/gui/", STAFF_CHECK),
    "certificates:staff_checks:check": (f"/can-bo/lan/{uuid.UUID(int=1)}/", STAFF_CHECK_GONE),
    "certificates:staff_checks:xlsx": (f"/can-bo/lan/{uuid.UUID(int=1)}/bang.xlsx", STAFF_CHECK_GONE),
    "certificates:staff_checks:csv": (f"/can-bo/lan/{uuid.UUID(int=1)}/bang.csv", STAFF_CHECK_GONE),
    "certificates:staff_checks:report": (f"/can-bo/lan/{uuid.UUID(int=1)}/bao-cao.json", STAFF_CHECK_GONE),
    "certificates:staff_checks:delete_list": (f"/can-bo/lan/{uuid.UUID(int=1)}/xoa/", STAFF_CHECK_POST),
    "certificates:staff_checks:overview": ("/can-bo/nhan-su/", STAFF_CHECK),
    "certificates:staff_checks:overview_file": ("/can-bo/nhan-su/bang.xlsx", STAFF_CHECK),
    "certificates:staff_checks:notices": ("/can-bo/thong-bao/", STAFF_CHECK),
    "certificates:staff_checks:read_notices": ("/can-bo/thong-bao/da-xem/", STAFF_CHECK_POST),
    "certificates:staff_checks:end_subscription": (
        f"/can-bo/thong-bao/{uuid.UUID(int=1)}/thoi/",
        STAFF_CHECK_POST,
    ),
    "certificates:staff_checks:tokens": ("/can-bo/khoa/", STAFF_CHECK),
    "certificates:staff_checks:withdraw_token": (
        f"/can-bo/khoa/{uuid.UUID(int=1)}/thu-hoi/",
        STAFF_CHECK_POST,
    ),
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
    "gatherings:join_start": ("/b/", OPEN),
    "gatherings:hall": ("/b/000000", [404] * 7),
    "gatherings:projector": ("/trinh-chieu/khong-co", [404] * 7),
    "gatherings:facilitator": ("/buoi-hoc/", ROSTER),
    "gatherings:new": ("/buoi-hoc/moi/", ROSTER),
    "gatherings:presenter": (f"/buoi-hoc/{uuid.UUID(int=1)}/", LED),
    "gatherings:screen_address": (f"/buoi-hoc/{uuid.UUID(int=1)}/man-chieu/", POST_ONLY),
    "gatherings:card_page": (f"/buoi-hoc/{uuid.UUID(int=1)}/phieu/", LED),
    "gatherings:count_page": (f"/buoi-hoc/{uuid.UUID(int=1)}/dem/", LED),
    "gatherings:print_pack": (f"/buoi-hoc/{uuid.UUID(int=1)}/in/", LED),
    "gatherings:print_handout": (f"/buoi-hoc/{uuid.UUID(int=1)}/in/to-mang-ve/", LED),
    "gatherings:print_cards": (f"/buoi-hoc/{uuid.UUID(int=1)}/in/phieu/", LED),
    "gatherings:print_sheet": (f"/buoi-hoc/{uuid.UUID(int=1)}/in/to-tra-loi/", LED),
    "gatherings:minutes": (f"/buoi-hoc/{uuid.UUID(int=1)}/bien-ban/", LED),
    "gatherings:minutes_sign": (f"/buoi-hoc/{uuid.UUID(int=1)}/bien-ban/ky/", ROSTER_POST),
    "gatherings:minutes_hand_in": (f"/buoi-hoc/{uuid.UUID(int=1)}/bien-ban/nop/", ROSTER_POST),
    "gatherings:minutes_paper": (f"/buoi-hoc/{uuid.UUID(int=1)}/bien-ban/tai-ve.pdf", LED),
    "gatherings:kit_make": (f"/buoi-hoc/{uuid.UUID(int=1)}/bo-hoi-truong/", LED),
    "gatherings:kit_carry_home": (f"/buoi-hoc/{uuid.UUID(int=1)}/mang-ve/", LED),
    "gatherings:kit_bundle": (f"/buoi-hoc/{uuid.UUID(int=1)}/mang-ve/tep", LED),
    "gatherings:follow": (f"/buoi-hoc/{uuid.UUID(int=1)}/theo/", LED),
    "gatherings:kit_self_test": ("/buoi-hoc/tu-kiem-tra/", ROSTER),
    "gatherings:kit_take_in": ("/buoi-hoc/nop-ket-qua/", ROSTER),
    "gatherings:hall_state": ("/b/000000/state", [404] * 7),
    "gatherings:hall_stream": ("/b/000000/stream", [404] * 7),
    "gatherings:hall_answer": ("/b/000000/answer", POST_ONLY),
    "gatherings:hall_join": ("/b/000000/join", POST_ONLY),
    "gatherings:projector_state": ("/trinh-chieu/khong-co/state", [404] * 7),
    "gatherings:projector_stream": ("/trinh-chieu/khong-co/stream", [404] * 7),
    "gatherings:act": (f"/buoi-hoc/{uuid.UUID(int=1)}/act", POST_ONLY),
    "gatherings:cards": (f"/buoi-hoc/{uuid.UUID(int=1)}/cards", POST_ONLY),
    "gatherings:people": (f"/buoi-hoc/{uuid.UUID(int=1)}/people", POST_ONLY),
    "gatherings:screen": (f"/buoi-hoc/{uuid.UUID(int=1)}/screen", POST_ONLY),
    "gatherings:tally": (f"/buoi-hoc/{uuid.UUID(int=1)}/tally", POST_ONLY),
    "gatherings:confirm_tally": (
        f"/buoi-hoc/{uuid.UUID(int=1)}/tally/{uuid.UUID(int=1)}/confirm",
        POST_ONLY,
    ),
    "gatherings:presenter_state": (
        f"/buoi-hoc/{uuid.UUID(int=1)}/state",
        [403, 404, 404, 404, 404, 404, 404],
    ),
    "courses:course": ("/khoa-hoc/vneid/", OPEN),
    "courses:lesson": ("/khoa-hoc/vneid/mat-may-doi-may/", OPEN),
    "courses:go_on": ("/hoc/buoc/1/", POST_ONLY),
    "courses:card": ("/hoc/the/{lesson}/", OPEN),
    "courses:my_learning": ("/toi/", MINE),
    "courses:my_data": ("/toi/du-lieu/", [302] * 7),
    "h5p:start": ("/h5p/bat-dau/", POST_ONLY),
    "h5p:state": (f"/h5p/luot/{uuid.UUID(int=1)}/trang-thai/", POST_ONLY),
    "h5p:statement": (f"/h5p/luot/{uuid.UUID(int=1)}/phat-bieu/", POST_ONLY),
    "h5p:result": (f"/h5p/luot/{uuid.UUID(int=1)}/ket-qua/", POST_ONLY),
    "h5p:judge": ("/h5p/cham/", POST_ONLY),
    "h5p:open": ("/h5p/mo/khong-co/", [404] * 7),
    "h5p:frame": ("/h5p/khung/khong-co/", [403] * 7),
    "h5p:bundle": ("/h5p/goi/khong/co/ma.js", [404] * 7),
    "h5p:content": ("/h5p/noi-dung/khong/co/a.png", [404] * 7),
    "home": ("/", OPEN),
    "catalogue": ("/khoa-hoc/", OPEN),
    "english": ("/en/", OPEN),
    "admin": ("/quan-tri/", [302, 302, 200, 302, 302, 302, 200]),
    "admin pages": ("/quan-tri/pages/", [302, 302, 200, 302, 302, 302, 200]),
    "admin certificates": ("/quan-tri/chung-nhan/", [302, 302, 302, 302, 302, 302, 200]),
    "admin h5p": ("/quan-tri/h5p/", [302, 302, 200, 302, 302, 302, 200]),
    "admin h5p libraries": ("/quan-tri/h5p/thu-vien/", [302, 302, 200, 302, 302, 302, 200]),
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
