"""Every starter task is played by plain forms, one screen at a time, to the points that its author stated."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from assessments.items.api import Item, load_items
from assessments.items.simulation.load_tasks import TASKS
from assessments.items.simulation.world import with_variant
from tests.simulation import playing
from tests.simulation.conftest import TASKS as FILES

PATHS = {task["id"]: TASKS / f"{stem}.yaml" for stem, task in FILES.items()}
CODES = sorted(PATHS)
NAMED_HERE = ["VID-1-ST-201", "VID-6-ST-401", "VID-7-ST-401"]


@pytest.fixture(autouse=True)
def bank(db: None, request: pytest.FixtureRequest) -> None:
    """Only what the test plays: the whole bank for each of its tests would take minutes."""
    code = request.getfixturevalue("code") if "code" in request.fixturenames else None
    load_items([PATHS[one] for one in ([code] if code else NAMED_HERE)])


def _task(code: str) -> dict[str, Any]:
    current = Item.objects.get(code=code).current
    assert current is not None
    return dict(current.content["simulation"])


def _paths(client: Client, address: str, code: str) -> dict[str, Any]:
    return dict(with_variant(_task(code), _seed(client, address))["recorded"])


def _seed(client: Client, address: str) -> int:
    return int(client.session["task_plays"][address.rstrip("/").split("/")[-1]]["seed"])


@pytest.mark.parametrize("code", CODES)
def test_the_solution_is_played_to_full_points(client: Client, code: str) -> None:
    address = playing.begin(client, code)
    recorded = _paths(client, address, code)
    playing.walk_path(client, address, recorded["solution"])
    result = client.get(address, follow=True)
    assert result.redirect_chain[-1][0].endswith("/ket-qua/")
    text = result.content.decode()
    assert "Chưa làm được" not in text
    assert playing.standing(client, address).result.mastered


@pytest.mark.parametrize("code", CODES)
def test_every_wrong_way_shows_its_critical_errors(client: Client, code: str) -> None:
    critical = {one["id"]: one for one in _task(code)["private"]["critical"]}
    for number in range(len(_task(code)["recorded"]["wrong"])):
        address = playing.begin(client, code, number + 1)
        wrong = _paths(client, address, code)["wrong"][number]
        playing.walk_path(client, address, wrong["path"])
        text = client.get(address, follow=True).content.decode()
        for name in wrong["critical"]:
            assert critical[name]["label"] in text


@pytest.mark.parametrize("code", CODES)
def test_every_screen_on_the_way_carries_the_banner_and_stays_small(client: Client, code: str) -> None:
    address = playing.begin(client, code)
    pages: list[str] = []
    playing.walk_path(client, address, _paths(client, address, code)["solution"], pages.append)
    assert len(pages) > 4
    for html in pages:
        assert "MÔ PHỎNG – không nhập thông tin thật" in html
        assert len(html.encode()) <= 12 * 1024


def test_each_cell_of_a_table_is_whole_and_stands_under_its_label(client: Client) -> None:
    address = playing.begin(client, "VID-6-ST-401")
    pages: list[str] = []
    playing.walk_path(client, address, _paths(client, address, "VID-6-ST-401")["solution"], pages.append)
    assert any('data-label="Họ và tên">Nguyễn Thị Mỹ Hạnh</td>' in html for html in pages)


def test_a_refusal_comes_back_as_a_summary_that_leads_to_the_field(client: Client) -> None:
    address = playing.begin(client, "VID-1-ST-201")
    playing.act(client, address, {}, "bt_cua_hang")
    playing.act(client, address, {}, "bt_tim")
    html = playing.page(client, address)
    token = playing.standing(client, address).compiled.tokens.hide("element", "o_tim")
    assert "Anh/chị hãy gõ tên ứng dụng cần tìm." in html
    assert f'href="#f-{token}"' in html
    assert 'role="alert"' in html


def test_a_text_of_another_kind_is_told_and_kept_for_correction(client: Client) -> None:
    address = playing.begin(client, "VID-7-ST-401")
    for tap in ("ic_trinh_duyet", "kq_that", "bt_dang_nhap", "lk_khoa"):
        playing.act(client, address, {}, tap)
    answer = playing.act(client, address, {"k_so": "abc"}, "k_tiep")
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "Ô này chỉ nhận chữ số." in html
    assert 'value="abc"' in html
    assert "k_so" not in playing.standing(client, address).state.values


def test_an_old_form_changes_nothing(client: Client) -> None:
    address = playing.begin(client, "VID-1-ST-201")
    old = playing.hidden(playing.page(client, address))
    token = playing.standing(client, address).compiled.tokens.hide("element", "bt_cua_hang")
    for _ in range(2):
        assert client.post(address, {**old, "tap": token}).status_code == 303
    assert len(playing.standing(client, address).state.log) == 1


@pytest.mark.parametrize(
    "forged",
    [{"tap": "success"}, {"tap": "abc.def.ghi"}, {"khung": "success"}, {"diem": "10"}, {"tap": "\x00"}],
)
def test_forged_fields_change_nothing(client: Client, forged: dict[str, str]) -> None:
    address = playing.begin(client, "VID-1-ST-201")
    form = playing.hidden(playing.page(client, address))
    assert client.post(address, {**form, **forged}).status_code == 303
    assert playing.standing(client, address).state.log == ()


def test_another_visitor_does_not_find_the_play(client: Client) -> None:
    address = playing.begin(client, "VID-1-ST-201")
    for path in (address, address + "the-gioi/", address + "ket-qua/"):
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize("body", [{"viec": "KHONG-CO"}, {"viec": "a\x00b"}, {"viec": "x" * 5000}, {}])
def test_an_unknown_task_is_not_found(client: Client, body: dict[str, str]) -> None:
    answer = client.post("/danh-gia/viec/bat-dau/", {"answer_uuid": playing.UUID.format(1), **body})
    assert answer.status_code == 404


@pytest.mark.parametrize("value", ["", "abc", "\x00", "9" * 400])
def test_a_start_needs_the_uuid_of_the_page(client: Client, value: str) -> None:
    answer = client.post("/danh-gia/viec/bat-dau/", {"viec": "VID-1-ST-201", "answer_uuid": value})
    assert answer.status_code == 400


def test_the_lesson_it_was_started_from_is_led_back_to(client: Client) -> None:
    start = {"viec": "VID-1-ST-201", "answer_uuid": playing.UUID.format(1)}
    client.post(
        "/danh-gia/viec/bat-dau/",
        start,
        headers={"referer": "http://testserver/khoa-hoc/vneid/bai-1/?buoc=6"},
    )
    address = f"/danh-gia/viec/{start['answer_uuid']}/"
    playing.act(client, address, {}, "finish")
    assert 'href="/khoa-hoc/vneid/bai-1/?buoc=6"' in client.get(address, follow=True).content.decode()


def test_it_never_leads_to_another_site(client: Client) -> None:
    start = {"viec": "VID-1-ST-201", "answer_uuid": playing.UUID.format(1), "ve": "//evil.example/x"}
    client.post("/danh-gia/viec/bat-dau/", start)
    address = f"/danh-gia/viec/{start['answer_uuid']}/"
    assert "evil.example" not in client.get(address).content.decode()
