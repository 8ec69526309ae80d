"""Grading of every kind: truth tables on the exemplary items, and properties on random answers."""

from __future__ import annotations

import copy
import itertools
import random
from typing import Any

import pytest
import yaml
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.items.kinds import KINDS
from assessments.items.kinds.observed_task import compare_observers
from assessments.items.simulation.compile_public import compile_public
from assessments.items.simulation.play import Play
from assessments.items.simulation.recorded import walk
from assessments.items.simulation.world import World
from assessments.items.verdict import BadAnswer
from tests.simulation.conftest import TASKS
from tests.sittings.conftest import EXAMPLES

ITEMS: dict[str, dict[str, Any]] = {
    item["id"]: item for item in yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["items"]
}

# item, answer, points, fully right
TRUTH = [
    ("ATS-1-CH-001", {"option": "b"}, 1, True),
    ("ATS-1-CH-001", {"option": "a"}, 0, False),
    ("ATS-1-CH-001", {}, 0, False),
    ("VID-7-TF-001", {"option": "false"}, 1, True),
    ("VID-7-TF-001", {"option": "true"}, 0, False),
    ("QR-3-MC-001", {"options": ["a", "c", "e"]}, 1, True),
    ("QR-3-MC-001", {"options": ["a", "c", "b"]}, 1 / 3, False),
    ("QR-3-MC-001", {"options": ["b", "d", "f"]}, 0, False),
    ("QR-3-MC-001", {"options": list("abcdef")}, 0, False),
    ("VID-7-OR-001", {"order": ["s1", "s2", "s3", "s4", "s5"]}, 1, True),
    ("VID-7-OR-001", {"order": ["s2", "s1", "s3", "s4", "s5"]}, 2 / 4, False),
    ("VID-7-OR-001", {"order": ["s5", "s4", "s3", "s2", "s1"]}, 0, False),
    ("VID-7-OR-001", {"order": ["s1", "s1", "s1", "s1", "s1"]}, 0, False),
    ("DVC-3-MA-001", {"pairs": {p: p for p in ("p1", "p2", "p3", "p4")}}, 1, True),
    ("DVC-3-MA-001", {"pairs": {"p1": "p1", "p2": "p2", "p3": "x1", "p4": "p3"}}, 0.5, False),
    ("DVC-3-MA-001", {"pairs": dict.fromkeys(("p1", "p2", "p3", "p4"), "p1")}, 0.25, False),
    ("ATS-5-FI-001", {"blanks": {"b1": " 156. "}}, 1, True),
    ("ATS-5-FI-001", {"blanks": {"b1": "165"}}, 0, False),
    ("VID-8-HS-001", {"options": ["r4", "r5", "r6"]}, 1, True),
    ("VID-8-HS-001", {"options": ["r4", "r5", "r1"]}, 1 / 3, False),
    ("VID-3-SG-001", {"groups": {c["id"]: c["group"] for c in ITEMS["VID-3-SG-001"]["cards"]}}, 1, True),
    ("VID-3-SG-001", {"groups": {c["id"]: "g1" for c in ITEMS["VID-3-SG-001"]["cards"]}}, 0, False),
    ("QR-5-NU-001", {"typed": "4", "number": 4.0}, 1, True),
    ("QR-5-NU-001", {"typed": "3", "number": 3.0}, 0, False),
    ("ATS-9-TR-001", {"genuine": {m["id"]: m["genuine"] for m in ITEMS["ATS-9-TR-001"]["messages"]}}, 1, True),
    ("ATS-9-TR-001", {"genuine": {m["id"]: False for m in ITEMS["ATS-9-TR-001"]["messages"]}}, 0, False),
    ("ATS-9-TR-001", {"genuine": {m["id"]: True for m in ITEMS["ATS-9-TR-001"]["messages"]}}, 0, False),
    ("ATS-9-TR-001", {"genuine": {}}, 0, False),
    ("DVC-1-WA-001", {"genuine": {**dict.fromkeys("ace", True), **dict.fromkeys("bdf", False)}}, 1, True),
    ("DVC-1-WA-001", {"genuine": {**dict.fromkeys("aceb", True), **dict.fromkeys("df", False)}}, 2 / 3, False),
    ("QR-1-QR-001", {"questions": {"q1": "ĐỘNG", "q2": "35.000", "q3": "1234", "q4": "khong"}}, 1, True),
    ("QR-1-QR-001", {"questions": {"q1": "tĩnh", "q2": "35000", "q3": "1243", "q4": "không"}}, 0.5, False),
    ("DVC-5-DC-001", {"options": ["f2", "f4", "f6"]}, 1, True),
    ("DVC-5-DC-001", {"options": ["f1", "f3", "f6"]}, 0, False),
    ("VID-8-CV-001", {"path": ["n1a"]}, 1, True),
    ("VID-8-CV-001", {"path": ["n1b", "n2b"]}, 2 / 3, False),
    ("VID-8-CV-001", {"path": ["n1b"]}, 0, False),
    ("VID-8-CV-001", {"path": ["n1c", "n2a", "n3a"]}, 0, False),
    ("QR-3-OB-001", {"done": ["k1", "k2", "k3", "k4", "k5", "k6"], "critical": []}, 1, True),
    ("QR-3-OB-001", {"done": ["k2", "k3", "k4", "k6"], "critical": []}, 0.8, True),
    ("QR-3-OB-001", {"done": ["k1", "k2", "k4", "k5", "k6"], "critical": []}, 0.8, False),
    ("QR-3-OB-001", {"done": ["k1", "k2", "k3", "k4", "k5", "k6"], "critical": ["c1"]}, 1, False),
]  # fmt: skip


@pytest.mark.parametrize(("code", "answer", "points", "correct"), TRUTH)
def test_truth_table(code: str, answer: dict[str, Any], points: float, correct: bool) -> None:
    verdict = KINDS[ITEMS[code]["kind"]].grade(ITEMS[code], answer)
    assert verdict.points == pytest.approx(points, abs=1e-6)
    assert verdict.correct is correct


def test_every_kind_stands_in_a_truth_table() -> None:
    assert {ITEMS[code]["kind"] for code, *_rest in TRUTH} | {"simulated_task"} == set(KINDS)


def task_answer(task: dict[str, Any], path: list[Any]) -> dict[str, Any]:
    """The answer of somebody who acts a recorded way on the first variant."""
    world = World.of(task)
    return {"seed": 0, "events": Play(compile_public(task, 0), walk(world, path)).rows}


@pytest.mark.parametrize("name", TASKS)
def test_truth_table_of_simulated_tasks(name: str) -> None:
    """The recorded ways are the table: their authors say what each earns, and which errors it makes."""
    task, kind = TASKS[name], KINDS["simulated_task"]
    content, filled = {"simulation": task}, World.of(task)
    full = sum(one["points"] for one in task["private"]["criteria"])
    codes = {one["id"]: one["code"] for one in filled.judgement.get("critical", [])}
    solution = task_answer(task, filled.task["recorded"]["solution"])
    assert (kind.grade(content, solution).points, kind.grade(content, solution).correct) == (1.0, True)
    assert kind.grade(content, solution) == kind.grade(content, copy.deepcopy(solution))
    for wrong in filled.task["recorded"]["wrong"]:
        verdict = kind.grade(content, task_answer(task, wrong["path"]))
        assert verdict.points == pytest.approx(wrong["points"] / full, abs=0.005 / full + 1e-6)
        assert list(verdict.critical) == list(dict.fromkeys(codes[one] for one in wrong["critical"]))
    for nothing in ({}, {"seed": "x", "events": [["x"]]}, {"events": solution["events"][1:]}):
        assert kind.grade(content, nothing).points == 0


def test_dangerous_acts_are_kept_apart_from_the_points() -> None:
    verdict = KINDS["conversation"].grade(ITEMS["VID-8-CV-001"], {"path": ["n1c", "n2a", "n3a"]})
    assert verdict.critical == ("gave_id", "installed_unknown_file", "gave_otp")
    assert KINDS["conversation"].grade(ITEMS["VID-8-CV-001"], {"path": ["n1a"]}).critical == ()


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_exemplary_items_are_valid(item: dict[str, Any]) -> None:
    assert KINDS[item["kind"]].validate(item) == []


def random_answer(item: dict[str, Any], seed: int, rng: random.Random) -> dict[str, Any]:
    """An answer read from a form as a browser could send it."""
    kind = KINDS[item["kind"]]
    draft = None
    for _turn in range(12):
        shown = kind.ask(item, seed, draft)
        post = QueryDict(mutable=True)
        for name, value in _random_form(shown, rng):
            post.appendlist(name, value)
        try:
            return kind.read_answer(item, seed, post)
        except BadAnswer as refusal:
            if refusal.message:
                raise
            draft = refusal.draft
    raise AssertionError("the item never ends")


def _random_form(shown: dict[str, Any], rng: random.Random) -> list[tuple[str, str]]:
    form: list[tuple[str, str]] = []
    if "path_field" in shown:
        form.append((shown["path_field"], shown["path"]))
        form.append((shown["field"], str(rng.choice(shown["choices"])["value"])))
    elif "checks" in shown:
        form += [("lam", str(row["value"])) for row in shown["checks"] if rng.random() < 0.5]
    elif "select" in shown:
        form += [(shown["field"], str(o["value"])) for o in rng.sample(shown["options"], shown["select"])]
    elif "options" in shown:
        form.append((shown["field"], str(rng.choice(shown["options"])["value"])))
    elif "last" in shown:
        order = [str(card["value"]) for card in shown["cards"]]
        rng.shuffle(order)
        form.append((shown["field"], ",".join(order)))
    elif "cases" in shown:
        form += [(case["name"], rng.choice(["that", "gia"])) for case in shown["cases"]]
    elif "cards" in shown:
        form += [(card["name"], str(rng.choice(card["groups"])["value"])) for card in shown["cards"]]
    elif "rows" in shown:
        for row in shown["rows"]:
            choices = row.get("choices")
            form.append(
                (row["name"], str(rng.choice(choices)["value"]) if choices else rng.choice(["156", "không"]))
            )
    else:
        form.append((shown["field"], rng.choice(["4", "175.000", "3", "-2,5"])))
    return form


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**62), choice=st.integers(0, 2**32))
def test_grading_is_bounded_deterministic_and_blind_to_the_order_of_parts(
    item: dict[str, Any], seed: int, choice: int
) -> None:
    kind = KINDS[item["kind"]]
    answer = random_answer(item, seed, random.Random(choice))
    before = copy.deepcopy((item, answer))
    verdict = kind.grade(item, answer)
    assert 0 <= verdict.points <= verdict.max_points
    assert kind.grade(item, answer) == verdict
    assert (item, answer) == before, "grading changes nothing"
    # The author's order of parts and the seed of the page must not matter.
    turned = copy.deepcopy(item)
    for name in (
        "options",
        "cards",
        "pairs",
        "regions",
        "fields",
        "messages",
        "addresses",
        "checklist",
        "nodes",
    ):
        if isinstance(turned.get(name), list):
            turned[name].reverse()
    assert kind.grade(turned, answer).points == verdict.points
    # What may be shown afterwards can be made for any answer.
    assert kind.review(item, seed, verdict)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**62))
def test_the_first_order_of_cards_is_never_the_right_one(seed: int) -> None:
    item = ITEMS["DVC-5-OR-001"]
    shown = KINDS["order"].ask(item, seed)
    right = [card["text"] for card in sorted(item["cards"], key=lambda card: card["position"])]
    assert [card["text"] for card in shown["cards"]] != right


def test_moving_cards_without_javascript() -> None:
    item, seed = ITEMS["VID-7-OR-001"], 3
    shown = KINDS["order"].ask(item, seed)
    texts = [card["text"] for card in shown["cards"]]
    post = QueryDict("thu_tu=0,1,2,3,4&xuong=0")
    with pytest.raises(BadAnswer) as moved:
        KINDS["order"].read_answer(item, seed, post)
    assert moved.value.message == ""
    again = [card["text"] for card in KINDS["order"].ask(item, seed, moved.value.draft)["cards"]]
    assert again == [texts[1], texts[0], *texts[2:]]


def test_a_conversation_refuses_a_path_that_was_not_possible() -> None:
    item = ITEMS["VID-8-CV-001"]
    for path in ("9", "0,0,0,0,0,0", "x", "0,-1", "1,"):
        with pytest.raises(BadAnswer):
            KINDS["conversation"].read_answer(item, 5, QueryDict(f"duong={path}&tra_loi=0"))


def test_two_observers_are_compared() -> None:
    item = ITEMS["QR-3-OB-001"]
    one = {"done": ["k1", "k2", "k3"], "critical": []}
    same = compare_observers(item, one, one)
    assert (same.share, same.kappa, same.differing) == (1.0, 1.0, ())
    other = compare_observers(item, one, {"done": ["k1", "k2"], "critical": ["c1"]})
    assert other.differing == ("k3", "c1")
    assert other.share == 0.75
    assert other.kappa < 0.75


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("choice", lambda i: i["options"][0].update(correct=True)),
        ("multiple_choice", lambda i: i.update(select=2)),
        ("order", lambda i: i["cards"][0].update(position=9)),
        ("match", lambda i: i["extra_right"][0].update(text=i["pairs"][0]["right"])),
        ("fill_in", lambda i: i["blanks"][0].update(accept=[])),
        ("hotspot", lambda i: i["regions"][0].update(rect=[90, 90, 20, 20])),
        ("sort_groups", lambda i: i["cards"][0].update(group="g9")),
        ("number", lambda i: i["common_errors"].append({"value": i["answer"]["value"], "feedback": "x"})),
        ("message_triage", lambda i: i["messages"][0].update(genuine=False)),
        ("qr_reading", lambda i: i.update(payload=i["payload"][:-4] + "25EC")),
        ("document_check", lambda i: i.update(faults_to_find=2)),
        ("conversation", lambda i: i["nodes"][0]["choices"][0].update(goto="n9")),
        ("conversation", lambda i: i.update(max_points=9)),
        ("observed_task", lambda i: i["scoring"].update(max=11)),
    ],
)
def test_each_planted_fault_is_found(kind: str, spoil: Any) -> None:
    item = copy.deepcopy(next(one for one in ITEMS.values() if one["kind"] == kind))
    spoil(item)
    assert KINDS[kind].validate(item)


def test_all_subsets_of_multiple_choice_stay_within_bounds() -> None:
    item = ITEMS["QR-3-MC-001"]
    for size in range(7):
        for chosen in itertools.combinations("abcdef", size):
            assert 0 <= KINDS["multiple_choice"].grade(item, {"options": list(chosen)}).points <= 1
