"""Document → blocks → document is the identity, and what blocks cannot say is kept untouched."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items.simulation.world import ELEMENT_TYPES, Task
from assessments.items.task_editor.condition_rows import guard_of_rows, rows_of_guard
from assessments.items.task_editor.effect_rows import effects_of_rows, rows_of_effects
from assessments.items.task_editor.element_specs import SPECS
from assessments.items.task_editor.elements import blocks_of_elements
from assessments.items.task_editor.judgement import form_of_judgement, with_judgement
from assessments.items.task_editor.known import Known
from assessments.items.task_editor.memory import form_of_memory, with_memory
from assessments.items.task_editor.naming import fresh, slug
from assessments.items.task_editor.new_document import new_document
from assessments.items.task_editor.raw import has_kept
from assessments.items.task_editor.rule_rows import rows_of_rule, rule_of_rows
from assessments.items.task_editor.screens import find_screen, form_of_screen, with_part, with_screen


def plain(task: dict[str, Any]) -> Task:
    """As it stands in the database: dates are text."""
    found: Task = json.loads(json.dumps(task, default=str))
    return found


def test_every_type_of_element_has_a_block() -> None:
    assert set(SPECS) == ELEMENT_TYPES


def test_every_screen_of_the_starter_tasks_survives_the_editor(task: dict[str, Any]) -> None:
    document = plain(task)
    for screen in document["screens"]:
        assert with_screen(document, screen["id"], form_of_screen(document, screen)) == document
    for name, elements in (document.get("parts") or {}).items():
        blocks = blocks_of_elements(elements, Known.of(document), name)
        assert with_part(document, name, blocks) == document
    assert with_judgement(document, form_of_judgement(document)) == document
    assert with_memory(document, form_of_memory(document)) == document


def test_nearly_everything_of_the_starter_tasks_is_shown_as_fields(task: dict[str, Any]) -> None:
    document = plain(task)
    blocks = [one for s in document["screens"] for one in form_of_screen(document, s)["elements"]]
    as_text = sum(has_kept(one) for one in blocks)
    assert as_text <= len(blocks) // 20


# Generated documents -------------------------------------------------------------------------------------------------

names = st.sampled_from(
    ["o_ten", "chon_xa", "bat_1", "so_1", "da_khoa", "loai", "danh_sach", "tong", "khong_co"]
)
screens = st.sampled_from(["mot", "hai", "mat"])
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
literals = st.one_of(
    words,
    st.booleans(),
    st.integers(-5, 10**6),
    st.lists(words, max_size=3),
    st.sampled_from(["a", "Phường A", "có", "không", "[[so]]"]),
)
hows = st.sampled_from(["exact", "text", "digits"])


def _with_how(guard: dict[str, Any], how: str) -> dict[str, Any]:
    return guard if how == "exact" else {**guard, "how": how}


conditions = st.one_of(
    st.builds(
        lambda n, o, v, h: _with_how({"of": n, o: v}, h),
        names,
        st.sampled_from(["is", "is_not"]),
        literals,
        hows,
    ),
    st.builds(lambda n, v: {"of": n, "filled": v}, names, st.booleans()),
    st.builds(lambda n, v: {"of": n, "shape": v}, names, st.sampled_from(["phone", "date", "amount"])),
    st.builds(
        lambda n, o, v: {"of": n, o: v},
        names,
        st.sampled_from(["at_least", "at_most", "longer"]),
        st.integers(0, 99),
    ),
    st.builds(lambda n, v: {"of": n, "has": v}, names, words),
    st.builds(lambda n, v: {"of": n, "same_as": v}, names, names),
    st.builds(lambda s: {"visited": s}, screens),
)
guards = st.recursive(
    conditions,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.builds(lambda one: {"not": one}, inner),
        st.builds(lambda many: {"any": many}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)
effects = st.one_of(
    st.builds(
        lambda v, d: {v: d},
        st.sampled_from(["set", "fill"]),
        st.dictionaries(names, literals, min_size=1, max_size=3),
    ),
    st.builds(lambda n, s: {"set": {n: {"from": s}}}, names, names),
    st.builds(lambda n, v: {"add": {n: v}}, names, st.integers(-9, 9)),
    st.builds(lambda f: {"clear": f}, st.lists(names, min_size=1, max_size=3)),
    st.builds(lambda n: {"remove": n}, names),
    st.builds(
        lambda n, d: {"push": {"rows": n, "from": d}}, names, st.dictionaries(st.sampled_from("ab"), names)
    ),
)
handlers = st.fixed_dictionaries(
    {},
    optional={
        "if": guards,
        "do": st.lists(effects, max_size=3),
        "go": st.one_of(screens, st.just("end")),
        "say": words,
    },
)
checks = st.builds(lambda n, v, h: _with_how({"of": n, "expect": v}, h), names, literals, hows)
rules = st.recursive(
    st.one_of(
        st.builds(lambda n: {"did": n}, names),
        st.builds(lambda n, v: {"did": n, "value": v}, names, words),
        st.builds(
            lambda n, w: {"did": n, "where": w}, st.lists(names, max_size=3), st.lists(checks, max_size=2)
        ),
        st.builds(lambda s: {"visited": s}, screens),
        st.builds(lambda s: {"used": s}, st.sampled_from(["back", "hint"])),
        st.builds(lambda v: {"finished": v}, st.booleans()),
        checks,
        st.builds(
            lambda n, lo, hi: {"of": n, "expect": {"between": [lo, hi]}},
            names,
            st.integers(0, 9),
            st.integers(0, 9),
        ),
        st.builds(
            lambda n, g: {"of": n, "expect": {"mentions": g}},
            names,
            st.lists(st.lists(words, max_size=2), max_size=2),
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.builds(lambda one: {"never": one}, inner),
        st.builds(lambda many: {"any": many}, st.lists(inner, max_size=3)),
        st.builds(lambda a, b: {"before": [a, b]}, inner, inner),
    ),
    max_leaves=5,
)


def small_world() -> Task:
    document = new_document("VID-1-ST-901", "Bài thử", "VID", "VID-1", "phone")
    document["vars"] = {
        "da_khoa": {"type": "bool", "initial": False},
        "loai": {"type": "choice", "options": ["a", "b"], "initial": "a"},
        "danh_sach": {"type": "rows", "columns": ["a", "b"], "max": 3},
    }
    document["totals"] = {"tong": [{"of": "so_1", "times": 3}, {"amount": 5}]}
    fields = [
        {"id": "o_ten", "type": "field", "text": "Họ và tên"},
        {"id": "chon_xa", "type": "select", "text": "Xã", "options": [{"key": "a", "text": "Phường A"}]},
        {"id": "bat_1", "type": "toggle", "text": "Bật"},
        {"id": "so_1", "type": "stepper", "text": "Số"},
    ]
    document["screens"] = [
        {"id": "mot", "kind": "app", "title": "Một", "elements": fields},
        {"id": "hai", "kind": "app", "title": "Hai", "elements": []},
    ]
    return document | {"start": "mot"}


WORLD = small_world()
KNOWN = Known.of(WORLD)


@given(guards)
def test_any_guard_comes_back(guard: Any) -> None:
    assert guard_of_rows(rows_of_guard(guard, KNOWN), KNOWN) == guard


@given(st.lists(effects, max_size=4))
def test_any_effects_come_back(given_effects: list[Any]) -> None:
    assert effects_of_rows(rows_of_effects(given_effects, KNOWN), KNOWN) == given_effects


@given(rules)
def test_any_rule_comes_back(rule: Any) -> None:
    assert rule_of_rows(rows_of_rule(rule, KNOWN), KNOWN) == rule


options = st.lists(
    st.fixed_dictionaries(
        {"key": st.sampled_from("abcd"), "text": words},
        optional={"show_if": guards, "then": st.lists(handlers, max_size=2)},
    ),
    max_size=3,
    unique_by=lambda one: one["key"],
)
elements = st.fixed_dictionaries(
    {"type": st.sampled_from(sorted(ELEMENT_TYPES)), "id": st.sampled_from(["bt_a", "bt_b", "bt_c", "bt_d"])},
    optional={
        "text": words, "show_if": guards, "enabled_if": guards, "then": st.lists(handlers, max_size=3),
        "options": options,
        "initial": literals, "max": st.integers(1, 200),
        "rows": st.lists(st.lists(words, min_size=1, max_size=3), max_size=2),
        "strange": words, "keep": st.booleans(), "hint": words, "columns": st.lists(words, max_size=2), "of": names,
    },
)  # fmt: skip


@given(st.lists(elements, max_size=4, unique_by=lambda one: one["id"]))
def test_any_screen_comes_back(given_elements: list[Any]) -> None:
    world = small_world()
    world["screens"][1]["elements"] = given_elements
    screen = world["screens"][1]
    assert with_screen(world, "hai", form_of_screen(world, screen)) == world


# What editors do ------------------------------------------------------------------------------------------------------


def _button(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "value": {"key": "", "text": text, **more}}


def _saved(world: Task, blocks: list[Any]) -> Task:
    form = form_of_screen(world, world["screens"][0])
    return with_screen(world, "mot", {**form, "elements": form["elements"] + blocks})


def test_ids_are_made_from_labels_and_stay_when_the_label_changes() -> None:
    world = _saved(small_world(), [_button("Khóa tài khoản")])
    made = world["screens"][0]["elements"][-1]
    assert made == {"id": "bt_khoa_tai_khoan", "type": "button", "text": "Khóa tài khoản"}
    form = form_of_screen(world, world["screens"][0])
    form["elements"][-1]["value"]["text"] = "Khóa ngay"
    after = with_screen(world, "mot", form)
    assert after["screens"][0]["elements"][-1] == {
        "id": "bt_khoa_tai_khoan",
        "type": "button",
        "text": "Khóa ngay",
    }


def test_a_copied_block_gets_an_id_of_its_own() -> None:
    world = _saved(small_world(), [_button("Gửi")])
    form = form_of_screen(world, world["screens"][0])
    form["elements"].append(form["elements"][-1])
    ids = [one["id"] for one in with_screen(world, "mot", form)["screens"][0]["elements"]]
    assert ids[-2:] == ["bt_gui", "bt_gui_2"]


def test_a_screen_that_a_button_names_for_the_first_time_is_made() -> None:
    world = _saved(small_world(), [_button("Mở", new_screen="Đã mở"), _button("Xem", new_screen="Đã mở")])
    assert [one["id"] for one in world["screens"]] == ["mot", "hai", "da_mo"]
    assert {one["then"][0]["go"] for one in world["screens"][0]["elements"][-2:]} == {"da_mo"}
    again = _saved(world, [_button("Lại", new_screen="Đã mở")])
    assert len(again["screens"]) == 3


def test_a_choice_is_compared_by_its_text_even_when_the_text_changes_in_the_same_save() -> None:
    world = small_world()
    row = {"type": "condition", "value": {"of": "chon_xa", "comparison": "is", "value": "Phường A"}}
    form = form_of_screen(world, world["screens"][0])
    form["elements"][1]["value"]["options"][0]["value"]["text"] = "Phường A mới"
    form["elements"].append(_button("Gửi", show_if={"match": "all", "rows": [row]}))
    after = with_screen(world, "mot", form)
    screen = find_screen(after, "mot")
    assert screen is not None
    assert screen["elements"][-1]["show_if"] == {"of": "chon_xa", "is": "a"}


@pytest.mark.parametrize(
    ("text", "made"), [("Đã khóa!", "da_khoa"), ("2 mã", "n_2_ma"), ("…", ""), ("K'Ho", "k_ho")]
)
def test_slugs_are_ids(text: str, made: str) -> None:
    assert slug(text) == made


@given(words, st.sets(words))
def test_a_fresh_id_is_an_id_that_nothing_else_has(text: str, taken: set[str]) -> None:
    made = fresh(text, taken)
    assert made not in taken
    assert made[0].isalpha()
    assert made.replace("_", "a").isalnum()
