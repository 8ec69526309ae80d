"""E22: the twin of an item differs in all that must stay secret, and the audit sees a page that tells them apart."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assessments.items.audit.leaks import SEEDS, depends_on_key, twin
from assessments.items.audit_bank import shown_too_early
from assessments.items.kinds import KINDS
from assessments.items.kinds.base import ItemKind
from assessments.items.simulation import compile_public as compiler
from tests.audit.good import bank_with, errors, good_items

KINDS_BUT_TASKS = sorted(set(good_items()) - {"ST"})


@pytest.mark.parametrize("letters", KINDS_BUT_TASKS)
def test_what_is_shown_is_the_same_for_item_and_twin(letters: str) -> None:
    assert list(shown_too_early(bank_with([good_items()[letters]]))) == []


@pytest.mark.parametrize("letters", KINDS_BUT_TASKS)
def test_the_twin_has_another_key_and_other_feedback(letters: str) -> None:
    """Else the comparison would prove nothing."""
    item = good_items()[letters]
    other = twin(item)
    kind = KINDS[item["kind"]]
    right = _right_answer(item)
    assert kind.grade(item, right).correct
    assert kind.grade(other, right) != kind.grade(item, right)
    assert not _texts_after(item) & _texts_after(other)


@pytest.mark.parametrize("letters", KINDS_BUT_TASKS)
def test_a_kind_that_shows_too_much_is_told(letters: str, monkeypatch: pytest.MonkeyPatch) -> None:
    item = good_items()[letters]
    kind = type(KINDS[item["kind"]])
    asked = kind.ask

    def leaky(self: ItemKind, content: Any, seed: int, draft: Any = None) -> dict[str, Any]:
        return {**asked(self, content, seed, draft), "luu": json.dumps(content, ensure_ascii=False)}

    monkeypatch.setattr(kind, "ask", leaky)
    assert [fault.code for fault in shown_too_early(bank_with([item]))] == ["E22"]


def test_a_task_whose_public_half_holds_a_rule_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    item = good_items()["ST"]
    assert "E22" not in {fault.code for fault in errors(bank_with([item]))}
    honest = compiler.compile_public

    def leaky(task: Any, seed: int) -> Any:
        compiled = honest(task, seed)
        compiled.public["diem"] = [one["points"] for one in task["private"]["criteria"]]
        return compiled

    monkeypatch.setattr("assessments.items.audit.leaks.compile_public", leaky)
    assert "E22" in {fault.code for fault in errors(bank_with([item]))}


def test_order_and_pairs_may_move_but_not_change() -> None:
    item = {"kind": "order"}
    assert not depends_on_key(item, "<li>một <li>hai", "<li>hai <li>một")
    assert depends_on_key(item, "<li>một <li>hai", "<li>hai <li class=right>một")
    assert depends_on_key({"kind": "choice"}, "<li>một <li>hai", "<li>hai <li>một")
    assert len(SEEDS) > 1


def _texts_after(item: dict[str, Any]) -> set[str]:
    from tests.sittings.test_keys_stay_secret import secrets_of

    return secrets_of(item)


def _right_answer(item: dict[str, Any]) -> dict[str, Any]:
    """The answer that earns everything, built from the author's key."""
    keyed = {
        "choice": lambda: {"option": next(o["id"] for o in item["options"] if o["correct"])},
        "true_false": lambda: {"option": next(o["id"] for o in item["options"] if o["correct"])},
        "multiple_choice": lambda: {"options": [o["id"] for o in item["options"] if o["correct"]]},
        "hotspot": lambda: {"options": [o["id"] for o in item["regions"] if o["correct"]]},
        "document_check": lambda: {"options": [o["id"] for o in item["fields"] if o["fault"]]},
        "order": lambda: {
            "order": [c["id"] for c in sorted(item["cards"], key=lambda c: int(c["position"]))]
        },
        "match": lambda: {"pairs": {pair["id"]: pair["id"] for pair in item["pairs"]}},
        "fill_in": lambda: {"blanks": {b["id"]: b["accept"][0] for b in item["blanks"]}},
        "sort_groups": lambda: {"groups": {card["id"]: card["group"] for card in item["cards"]}},
        "number": lambda: {"number": float(item["answer"]["value"])},
        "message_triage": lambda: {"genuine": {m["id"]: m["genuine"] for m in item["messages"]}},
        "web_address": lambda: {"genuine": {a["id"]: a["genuine"] for a in item["addresses"]}},
        "qr_reading": lambda: {
            "questions": {q["id"]: str(q.get("accept_number") or q["accept"][0]) for q in item["questions"]}
        },
        "conversation": lambda: {"path": _best_path(item)},
        "observed_task": lambda: {"done": [c["id"] for c in item["checklist"]], "critical": []},
    }
    return dict(keyed[item["kind"]]())


def _best_path(item: dict[str, Any]) -> list[str]:
    nodes = {node["id"]: node for node in item["nodes"]}

    def best(node_id: str) -> tuple[float, list[str]]:
        if node_id == "end":
            return 0.0, []
        ways = [
            (choice["points"] + best(choice["goto"])[0], [choice["id"], *best(choice["goto"])[1]])
            for choice in nodes[node_id]["choices"]
        ]
        return max(ways)

    return best(item["start"])[1]
