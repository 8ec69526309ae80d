"""State, history, statistics, filters and acts on many items, as an editor meets them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.items.answer_sums import Answered, measured
from assessments.items.api import Fact, Item, ItemState, draw
from assessments.items.count_answers import add_sums
from assessments.items.models import StateChange
from lms.accounts.api import Person
from tests.items.test_item_bank import BANK, editor, form_of
from tests.sittings.conftest import choice_item, load

__all__ = ["editor", "load"]
BULK = "/quan-tri/bulk/items/item/"


@pytest.fixture
def reviewer(editor: Client) -> Client:
    person = Person.objects.get(username="bien-tap")
    person.user_permissions.add(Permission.objects.get(codename="review_item"))
    return editor


def codes(page: Any) -> set[str]:
    return {item.code for item in page.context["object_list"]}


def test_a_reviewer_changes_the_state_and_the_history_tells_it(reviewer: Client, load: Any) -> None:
    (item,) = load(choice_item(1, state="review"))
    address = f"{BANK}{item.pk}/trang-thai/"
    assert 'value="live"' in reviewer.get(address).content.decode()
    assert reviewer.post(address, {"state": "live", "reason": "Hai người đồng ý"}).status_code == 302
    item.refresh_from_db()
    assert item.state == "live"
    assert "Hai người đồng ý" in reviewer.get(address).content.decode()


def test_a_refused_change_is_told_in_words(reviewer: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    address = f"{BANK}{item.pk}/trang-thai/"
    refused = reviewer.post(address, {"state": "retired", "reason": ""})
    assert refused.status_code == 400
    assert "Xin cho biết vì sao." in refused.content.decode()
    assert reviewer.post(address, {"state": "khong-co"}).status_code == 400
    assert StateChange.objects.filter(item=item).count() == 1


def test_the_history_shows_what_an_edit_changed(editor: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    form = form_of(editor.get(f"{BANK}edit/{item.pk}/")) | {"options-1-feedback": "Rõ hơn.", "reason": "Rõ"}
    assert editor.post(f"{BANK}edit/{item.pk}/", form).status_code == 302
    page = editor.get(f"{BANK}{item.pk}/trang-thai/").content.decode()
    assert "Phương án B: lời giải thích đổi từ" in page
    item.refresh_from_db()
    assert item.state == ItemState.REVIEW


def test_saving_without_a_change_keeps_version_and_state(editor: Client, load: Any) -> None:
    (item,) = load(choice_item(1, legal_basis=None, tags=["low-literacy", "cho-phien"]))
    form = form_of(editor.get(f"{BANK}edit/{item.pk}/")) | {"reason": "Không đổi gì"}
    assert editor.post(f"{BANK}edit/{item.pk}/", form).status_code == 302
    item.refresh_from_db()
    assert (item.versions.count(), item.state) == (1, "live")


def test_filters_by_tag_audience_outcome_and_dates(editor: Client, load: Any) -> None:
    one, other = load(
        choice_item(1, tags=["low-literacy"], audience=["citizen"], spoil_risk="high"),
        choice_item(2, outcome="VID-4", tags=["Chợ phiên"], audience=["cadre"], review_by="2020-01-01"),
    )
    assert codes(editor.get(BANK, {"usual_tag": "low-literacy"})) == {one.code}
    assert codes(editor.get(BANK, {"tag": "chợ phiên"})) == {other.code}
    assert codes(editor.get(BANK, {"tag": "spoil-high"})) == {one.code}
    assert codes(editor.get(BANK, {"audience": "cadre"})) == {other.code}
    assert codes(editor.get(BANK, {"outcome": other.outcome_id})) == {other.code}
    assert codes(editor.get(BANK, {"dates": "overdue"})) == {other.code}
    assert codes(editor.get(BANK, {"dates": "unsure"})) == set()
    assert codes(editor.get(BANK, {"fact": "f-thu"})) == {one.code, other.code}
    Fact.objects.update(mark="M")
    assert codes(editor.get(BANK, {"dates": "unsure"})) == {one.code, other.code}


@pytest.mark.parametrize("number", [50, 5000])
def test_the_list_takes_at_most_twelve_queries_at_any_size(editor: Client, load: Any, number: int) -> None:
    (first,) = load(choice_item(1))
    Item.objects.bulk_create(
        Item(
            code=f"VID-3-CH-{10_000 + n}", kind="choice", outcome=first.outcome, skill=first.skill, title="Câu",
            folded_text="cau", current=first.current, tags=["low-literacy"],
        )
        for n in range(number)
    )  # fmt: skip
    editor.get(BANK)
    with CaptureQueriesContext(connection) as queries:
        page = editor.get(BANK, {"usual_tag": "low-literacy", "q": "cau"})
    assert len(page.context["object_list"]) == 50
    assert len(queries) <= 12, "\n".join(q["sql"][:300] for q in queries)


def test_many_items_change_at_once_and_each_refusal_is_told(reviewer: Client, load: Any) -> None:
    first, second = load(choice_item(1, state="review"), choice_item(2, state="draft"))
    address = f"{BULK}state/?id={first.pk}&id={second.pk}&next={BANK}"
    assert reviewer.get(address).status_code == 200
    done = reviewer.post(address, {"state": "live", "reason": ""}, follow=True)
    text = done.content.decode()
    assert {item.code: item.state for item in Item.objects.all()} == {
        first.code: "live",
        second.code: "draft",
    }
    assert f"{second.code}: Không thể chuyển" in text


def test_tags_and_review_days_change_without_touching_the_question(reviewer: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    for act, form in (
        ("add_tag", {"tag": "Chợ Phiên", "reason": "Xếp loại"}),
        ("review_day", {"review_by": "2026-12-24", "reason": "Đã đối chiếu"}),
    ):
        assert reviewer.post(f"{BULK}{act}/?id={item.pk}", form).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.tags, str(item.review_by)) == ("live", ["cho-phien"], "2026-12-24")
    assert item.current is not None
    assert item.current.number == 3
    assert item.current.question_id == item.versions.get(number=1).pk
    assert (
        reviewer.post(f"{BULK}remove_tag/?id={item.pk}", {"tag": "cho-phien", "reason": "Bỏ"}).status_code
        == 302
    )
    item.refresh_from_db()
    assert item.tags == []


def test_acts_on_many_are_for_editors_and_bear_any_input(reviewer: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    client = Client()
    client.force_login(Person.objects.create_user("hoc-vien", "mat-khau-rat-dai"))
    for address in (
        f"{BULK}state/?id={item.pk}", f"{BANK}{item.pk}/trang-thai/", f"{BANK}{item.pk}/so-lieu/",
        "/quan-tri/reports/cho-mong/",
    ):  # fmt: skip
        assert client.get(address).status_code in {302, 403}
    assert client.post(f"{BULK}state/?id={item.pk}", {"state": "retired", "reason": "x"}).status_code in {
        302,
        403,
    }
    assert reviewer.get(f"{BULK}state/?id=abc&id=99999999999999999999&id=-1").status_code == 200
    assert (
        reviewer.post(f"{BULK}review_day/?id={item.pk}", {"review_by": "32/13", "reason": "x"}).status_code
        == 200
    )
    item.refresh_from_db()
    assert item.state == "live"


def test_statistics_show_parts_and_go_on_over_new_tags(editor: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    assert item.current is not None
    wrong = measured(Answered(True, 0.0, 0.5, 20.0, ("a",)))
    right = measured(Answered(True, 1.0, 0.9, 30.0, ("b",)))
    for sums in (wrong, right, right):
        add_sums({item.current.pk: sums})
    page = editor.get(f"{BANK}{item.pk}/so-lieu/")
    (report,) = page.context["reports"]
    assert [(part.name, part.count) for part in report.parts] == [("A", 1), ("B", 2), ("C", 0), ("D", 0)]
    assert report.facility == pytest.approx(2 / 3)
    assert "0,67" in editor.get(BANK).content.decode()


def test_a_fact_that_is_not_sure_any_more_takes_its_items_out_of_use(editor: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    fact = Fact.objects.get(key="F-THU")
    address = f"/quan-tri/du-kien/edit/{fact.pk}/"
    form = {
        "key": fact.key, "says": fact.says, "source": fact.source, "legal_basis": "", "mark": "K",
        "verified_on": "2026-11-01", "review_by": "2027-03-04",
    }  # fmt: skip
    assert editor.post(address, form).status_code == 302
    item.refresh_from_db()
    assert (item.state, str(item.review_by)) == ("live", "2027-03-04")
    assert editor.post(address, form | {"mark": "M"}).status_code == 302
    item.refresh_from_db()
    assert item.state == "review"
    assert "F-THU" in StateChange.objects.filter(item=item).latest("pk").reason


def test_an_overdue_fact_is_told_on_the_item_and_ends_scoring_after_thirty_days(
    editor: Client, load: Any
) -> None:
    (item,) = load(choice_item(1))
    fact = Fact.objects.get(key="F-THU")
    form = {
        "key": fact.key, "says": fact.says, "source": fact.source, "mark": "K", "verified_on": "2020-01-01",
        "review_by": "2020-02-01",
    }  # fmt: skip
    assert editor.post(f"/quan-tri/du-kien/edit/{fact.pk}/", form).status_code == 302
    assert "không còn được tính điểm" in editor.get(f"{BANK}edit/{item.pk}/").content.decode()
    assert draw([{"skill": "vid", "count": 5}], 1) == []
