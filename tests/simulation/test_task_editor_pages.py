"""The editor's pages: everything typed is saved, faults and all; only a task without errors is published."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from assessments.items.admin.task_forms import BriefForm, JudgementForm, MemoryForm, PartForm, ScreenForm
from assessments.items.api import Item, Outcome, Skill
from assessments.items.simulation.load_tasks import content_of
from assessments.items.task_editor.drafts import open_task
from assessments.items.task_editor.task_draft import TaskDraft
from lms.accounts.api import Person
from tests.simulation.conftest import TASKS as FILES
from tests.simulation.posted_blocks import posted

CODE = "VID-1-ST-201"
TASK: dict[str, Any] = json.loads(
    json.dumps(next(one for one in FILES.values() if one["id"] == CODE), default=str)
)


@pytest.fixture
def outcome(db: None) -> Outcome:
    skill = Skill.objects.create(code="vid", name="VNeID", short_name="VNeID")
    Outcome.objects.create(skill=skill, code="VID-8", text="từ chối ứng dụng lạ")
    return Outcome.objects.create(skill=skill, code="VID-1", text="chọn đúng ứng dụng")


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create_superuser("bien-tap", full_name="Lê Thị Biên", is_demo=True)


@pytest.fixture
def editor(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def item(outcome: Outcome, person: Person) -> Item:
    """A task with a draft that has just been taken over from a file."""
    item = Item.objects.create(
        code=CODE, kind="simulated_task", outcome=outcome, skill=outcome.skill, title=TASK["title"]
    )
    TaskDraft.objects.create(item=item, document=TASK)
    return item


def _document(item: Item) -> dict[str, Any]:
    opened = open_task(Item.objects.get(pk=item.pk))
    assert opened is not None
    return opened.task


def _address(name: str, item: Item, *more: str) -> str:
    return reverse(name, args=[item.pk, *more])


def _form(form: Any, item: Item) -> dict[str, Any]:
    return {**posted(form), "revision": TaskDraft.objects.get(item=item).revision}


def test_a_new_task_begins_with_one_screen(editor: Client, outcome: Outcome) -> None:
    answer = editor.post(
        reverse("items_task_new"), {"title": "Khóa VNeID", "outcome": outcome.pk, "device": "phone"}
    )
    item = Item.objects.get()
    assert answer["Location"] == _address("items_task_brief", item)
    assert (item.code, item.state, item.current) == ("VID-1-ST-901", "draft", None)
    assert [one["title"] for one in _document(item)["screens"]] == ["Màn hình chính"]
    for name in ("editor", "brief", "memory", "judgement", "record", "phone", "done", "draft_file"):
        assert editor.get(_address(f"items_task_{name}", item)).status_code == 200


def test_only_editors_come_in(item: Item) -> None:
    client = Client()
    assert client.get(_address("items_task_editor", item)).status_code == 302
    plain = Person.objects.create_user("nguoi-hoc", full_name="Người học", is_demo=True)
    plain.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(plain)
    assert client.get(_address("items_task_editor", item)).status_code in {302, 403}
    assert client.post(_address("items_task_publish", item)).status_code in {302, 403}


def test_saving_every_page_untouched_changes_nothing(editor: Client, item: Item) -> None:
    forms: dict[str, Any] = {
        _address("items_task_brief", item): BriefForm(TASK),
        _address("items_task_memory", item): MemoryForm(TASK),
        _address("items_task_judgement", item): JudgementForm(TASK),
    }
    for screen in TASK["screens"]:
        forms[_address("items_task_screen", item, screen["id"])] = ScreenForm(TASK, screen)
    for address, form in forms.items():
        answer = editor.post(address, _form(form, item))
        assert answer.status_code == 302, (address, answer.context["form"].errors)
    assert _document(item) == TASK


# The six tasks that came with the format use all of it; blocks of every other task would take minutes.
@pytest.mark.parametrize("name", [name for name in FILES if name[0].isdigit()])
def test_blocks_carry_whole_tasks_through_a_browser(name: str) -> None:
    task = json.loads(json.dumps(FILES[name], default=str))
    forms: list[Any] = [MemoryForm(task, posted(MemoryForm(task)) | {"revision": 1})]
    forms.append(JudgementForm(task, posted(JudgementForm(task)) | {"revision": 1}))
    forms += [
        ScreenForm(task, one, posted(ScreenForm(task, one)) | {"revision": 1}) for one in task["screens"]
    ]
    forms += [
        PartForm(task, part, posted(PartForm(task, part)) | {"revision": 1})
        for part in task.get("parts") or {}
    ]
    for form in forms:
        assert form.is_valid(), form.errors.as_json()
        assert form.document() == task


def test_half_a_screen_is_saved_and_the_faults_lead_to_it(editor: Client, item: Item) -> None:
    editor.post(_address("items_task_screens", item), {"viec": "xoa", "man_hinh": "ket_qua"})
    task = copy.deepcopy(_document(item))
    task["screens"][3]["elements"].append({"id": "bt_moi", "type": "button"})
    address = _address("items_task_screen", item, "cua_hang")
    assert editor.post(address, _form(ScreenForm(task, task["screens"][3]), item)).status_code == 302
    assert _document(item) == task
    html = editor.get(_address("items_task_editor", item)).content.decode()
    assert "Không có màn hình tên “ket_qua”." in html
    assert f'href="{address}' in html
    assert editor.post(_address("items_task_publish", item)).status_code == 302
    assert Item.objects.get().current is None


def test_a_second_window_overwrites_nothing_unseen(editor: Client, item: Item) -> None:
    address = _address("items_task_screen", item, "cua_hang")
    screen = TASK["screens"][3]
    mine = {**_form(ScreenForm(TASK, screen), item), "title": "Kho ứng dụng"}
    editor.post(address, {**mine, "title": "Cửa hàng khác"})
    refused = editor.post(address, mine)
    assert refused.status_code == 409
    assert "Kho ứng dụng" in refused.content.decode()
    assert _document(item)["screens"][3]["title"] == "Cửa hàng khác"
    again = {**mine, "revision": refused.context["form"]["revision"].value()}
    assert editor.post(address, again).status_code == 302
    assert _document(item)["screens"][3]["title"] == "Kho ứng dụng"


@pytest.mark.parametrize(
    "change", [{"kind": "khong-co"}, {"elements-count": "x"}, {"revision": "x"}, {"elements-count": "9"}]
)
def test_a_forged_form_is_refused_or_harmless(editor: Client, item: Item, change: dict[str, str]) -> None:
    address = _address("items_task_screen", item, "cua_hang")
    data = {**_form(ScreenForm(TASK, TASK["screens"][3]), item), **change}
    assert editor.post(address, data).status_code == 400
    assert _document(item) == TASK


def test_screens_are_added_moved_and_deleted(editor: Client, item: Item) -> None:
    address = _address("items_task_screens", item)
    editor.post(address, {"viec": "them", "title": "Màn hình mới", "kind": "app"})
    assert _document(item)["screens"][-1]["id"] == "man_hinh_moi"
    editor.post(address, {"viec": "len", "man_hinh": "man_hinh_moi"})
    assert _document(item)["screens"][-2]["id"] == "man_hinh_moi"
    editor.post(address, {"viec": "xoa", "man_hinh": "man_hinh_moi"})
    editor.post(address, {"viec": "xoa", "man_hinh": TASK["start"]})
    assert _document(item) == TASK
    assert editor.post(address, {"viec": "nha", "man_hinh": "cua_hang"}).status_code == 302
    assert _document(item)["home"] == "cua_hang"
    assert editor.post(address, {"viec": "xoa", "man_hinh": "khong_co"}).status_code == 404
    assert editor.post(address, {"viec": "pha"}).status_code == 404


def test_a_whole_task_is_published_as_a_version(editor: Client, item: Item) -> None:
    assert editor.post(_address("items_task_publish", item)).status_code == 302
    current = Item.objects.get().current
    assert current is not None
    assert current.content["simulation"] == TASK
    assert current.content == {**content_of(TASK), "state": "draft"}
    assert Item.objects.get().state == "review"
    assert (
        "Người học nhận đúng những gì đang có ở đây."
        in editor.get(_address("items_task_editor", item)).content.decode()
    )
