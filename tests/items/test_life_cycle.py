"""From draft to retired: no way round the second reader, and every step is on record."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from hypothesis import given
from hypothesis import strategies as st

from assessments.items import life_cycle
from assessments.items.api import Fact, Item, ItemState, StateRefused, change_state
from assessments.items.change_state import authors_of, moves_for
from assessments.items.life_cycle import IN_USE, MOVES, STATES, Refusal, Wish, refusal, state_after_edit
from assessments.items.models import StateChange
from assessments.items.save_version import save_version
from lms.accounts.api import Person
from tests.sittings.conftest import choice_item, load

__all__ = ["load"]

WISHES = st.builds(
    Wish,
    before=st.sampled_from(STATES),
    after=st.sampled_from([*STATES, "", "xoa"]),
    person=st.integers(1, 4),
    authors=st.frozensets(st.integers(1, 4)),
    may_review=st.booleans(),
    reason=st.sampled_from(["", "  ", "Vì sai"]),
    facts_sure=st.booleans(),
    in_date=st.booleans(),
)


@given(WISHES)
def test_what_people_get_was_read_by_a_second_person_and_rests_on_sure_facts(wish: Wish) -> None:
    if refusal(wish) is None and wish.after in IN_USE:
        assert wish.person not in wish.authors
        assert wish.facts_sure
        assert wish.in_date
        assert wish.may_review


@given(WISHES)
def test_every_step_back_and_every_end_has_a_reason(wish: Wish) -> None:
    granted = refusal(wish) is None
    if granted and (wish.after == "retired" or STATES.index(wish.after) < STATES.index(wish.before)):
        assert wish.reason.strip()
    if granted:
        assert wish.after in MOVES[wish.before]
        assert wish.after != wish.before


@given(st.lists(WISHES, max_size=30))
def test_no_way_leads_from_draft_to_use_without_review(wishes: list[Wish]) -> None:
    state, way = "draft", ["draft"]
    for wish in wishes:
        if wish.before == state and refusal(wish) is None:
            state = wish.after
            way.append(state)
    for before, after in itertools.pairwise(way):
        if after in IN_USE:
            assert before in {"review", "pilot"}


@given(st.sampled_from(STATES), st.booleans())
def test_an_edited_question_in_use_goes_to_review_and_nothing_else_moves(state: str, same: bool) -> None:
    after = state_after_edit(state, same)
    assert after == ("review" if state in IN_USE and not same else state)


def test_every_state_can_be_left_and_reached() -> None:
    assert set(MOVES) == set(STATES) == set(ItemState.values)
    assert {after for moves in MOVES.values() for after in moves} == set(STATES)


@pytest.fixture
def people(db: None) -> tuple[Person, Person]:
    """An author and a reviewer, both with every right on the bank."""
    rights = Permission.objects.filter(codename__in=["change_item", "review_item"])
    found = []
    for name in ("tac-gia", "nguoi-duyet"):
        person = Person.objects.create_user(name, "mat-khau-rat-dai")
        person.user_permissions.set(rights)
        found.append(person)
    return found[0], found[1]


def written(load: Any, author: Person, **fields: Any) -> Item:
    """An item in review whose present text the author wrote."""
    (item,) = load(choice_item(1, state="review", **fields))
    assert item.current is not None
    return save_version(item, {**item.current.content, "why": "Vì thế này."}, author, "Viết lại")


def test_the_author_cannot_approve_and_another_can(load: Any, people: tuple[Person, Person]) -> None:
    author, reviewer = people
    item = written(load, author)
    with pytest.raises(StateRefused, match="người thứ hai"):
        change_state(item, "live", author)
    change_state(item, "live", reviewer)
    item.refresh_from_db()
    assert item.state == "live"
    last = StateChange.objects.filter(item=item).last()
    assert last is not None
    assert (last.before, last.after, last.person, last.version) == ("review", "live", reviewer, item.current)


def test_who_wrote_before_the_last_approval_may_approve_again(
    load: Any, people: tuple[Person, Person]
) -> None:
    author, reviewer = people
    item = written(load, author)
    assert authors_of(item) == {author.pk}
    change_state(item, "live", reviewer)
    assert item.current is not None
    save_version(item, {**item.current.content, "why": "Rõ hơn nữa."}, reviewer, "Rõ hơn")
    assert item.state == "review"
    assert authors_of(item) == {reviewer.pk}
    change_state(item, "live", author)


def test_editing_a_live_item_sends_it_to_review_but_new_tags_do_not(
    load: Any, people: tuple[Person, Person]
) -> None:
    author, _reviewer = people
    (item,) = load(choice_item(1))
    assert item.current is not None
    tagged = save_version(item, {**item.current.content, "tags": ["low-literacy"]}, author, "Thêm thẻ")
    assert tagged.state == "live"
    assert tagged.current is not None
    assert tagged.current.question_id != tagged.current.pk
    edited = save_version(item, {**item.current.content, "stem": "Câu khác?"}, author, "Câu khác")
    assert edited.state == "review"
    assert edited.current is not None
    assert edited.current.question_id == edited.current.pk
    assert "Câu khác" in StateChange.objects.filter(item=item).latest("pk").reason


@pytest.mark.parametrize("harm", [{"mark": "C"}, {"mark": "M"}, {"verified_on": None}])
def test_an_item_on_an_unsure_fact_cannot_go_live(
    load: Any, people: tuple[Person, Person], harm: dict[str, Any]
) -> None:
    item = written(load, people[0])
    Fact.objects.update(**harm)
    with pytest.raises(StateRefused, match="chưa chắc chắn"):
        change_state(item, ItemState.LIVE, people[1])
    assert StateChange.objects.filter(item=item, after="live").count() == 0


def test_overdue_facts_and_missing_reasons_are_refused(load: Any, people: tuple[Person, Person]) -> None:
    item = written(load, people[0], review_by="2020-01-01")
    with pytest.raises(StateRefused, match="hạn"):
        change_state(item, "live", people[1])
    with pytest.raises(StateRefused, match="vì sao"):
        change_state(item, "draft", people[1], " ")
    change_state(item, "draft", people[1], "Dữ kiện cũ")


def test_without_the_right_to_review_one_can_only_send_in(load: Any, people: tuple[Person, Person]) -> None:
    author, reviewer = people
    item = written(load, author)
    plain = Person.objects.create_user("cong-tac", "mat-khau-rat-dai")
    may = {state for state, words in moves_for(item, plain) if not words}
    assert may == {"draft"}
    assert {state for state, words in moves_for(item, reviewer) if not words} == {
        "draft",
        "pilot",
        "live",
        "retired",
    }
    with pytest.raises(StateRefused):
        change_state(item, "live", plain)


def test_a_change_of_state_is_never_changed(load: Any) -> None:
    (item,) = load(choice_item(1))
    change = StateChange.objects.get(item=item)
    assert (change.before, change.after, change.person) == ("", "live", None)
    change.reason = "Khác"
    with pytest.raises(TypeError):
        change.save()


def test_refusals_come_in_the_order_an_editor_can_act_on() -> None:
    wish = Wish("live", "draft", 1, frozenset({1}), False, "", False, False)
    assert refusal(wish) is Refusal.NOT_A_REVIEWER
    assert life_cycle.needs_reason("live", "draft")
