"""What is missing of the blueprint, and the counts for JSON."""

from __future__ import annotations

from typing import Any

from assessments.items.audit import read_files
from assessments.items.audit.bank import LETTERS, Bank
from assessments.items.audit.counts import faults, missing, report
from tests.audit.good import TODAY

KIND_OF = {letters: kind for kind, letters in LETTERS.items()}


def whole_bank() -> list[dict[str, Any]]:
    """One item for each cell of the blueprint, as far as counting needs it."""
    cells = [
        (outcome, int(difficulty), kind)
        for outcome, row in read_files.blueprint().items()
        for difficulty, kinds in row.items()
        for kind in kinds
    ]
    return [
        {
            "id": f"{outcome}-{kind}-{number:03d}",
            "kind": KIND_OF[kind],
            "skill": outcome.split("-")[0].lower(),
            "outcome": outcome,
            "difficulty": difficulty,
            "state": "live",
            "tags": [],
        }
        for number, (outcome, difficulty, kind) in enumerate(cells)
    ]


def bank_of(items: list[dict[str, Any]]) -> Bank:
    return Bank(items, {}, [], read_files.blueprint(), TODAY)


def test_the_blueprint_is_that_of_the_guide() -> None:
    rows = read_files.blueprint()
    kinds = [kind for row in rows.values() for some in row.values() for kind in some]
    assert (len(rows), len(kinds), kinds.count("ST")) == (66, 280, 47)
    sizes = {skill: sum(len(k) for o, r in rows.items() if o.startswith(f"{skill}-") for k in r.values())
             for skill in ("DVC", "VID", "QR", "ATS", "TMD", "CB", "SV", "LD")}  # fmt: skip
    assert sizes == {"DVC": 43, "VID": 44, "QR": 43, "ATS": 46, "TMD": 44, "CB": 20, "SV": 20, "LD": 20}


def test_a_whole_bank_misses_nothing() -> None:
    assert list(faults(bank_of(whole_bank()))) == []


def test_each_missing_cell_is_told() -> None:
    items = whole_bank()
    taken = items.pop(7)
    kind = LETTERS[taken["kind"]]
    assert missing(bank_of(items)) == {(taken["outcome"], taken["difficulty"], kind): 1}
    (fault,) = faults(bank_of(items))
    assert (fault.code, fault.id, fault.field) == (
        "E19",
        taken["outcome"],
        f"difficulty {taken['difficulty']}",
    )


def test_an_item_fills_one_cell_and_only_when_it_is_in_use() -> None:
    items = whole_bank()
    for change in ({"state": "review"}, {"state": "retired"}, {"tags": ["practice-only"]}, {"difficulty": 6}):
        spoiled = [{**items[0], **change}, *items[1:]]
        assert sum(missing(bank_of(spoiled)).values()) == 1, change


def test_an_item_that_waits_in_review_is_a_warning_but_does_not_help_its_skill() -> None:
    items = whole_bank()
    items[0]["state"] = "review"
    (fault,) = faults(bank_of(items))
    assert (fault.warning, fault.message) == (True, "1 × CH waits in review")
    for item in items:
        item["state"] = "review"
    told = [fault for fault in faults(bank_of(items)) if not fault.warning]
    assert {fault.field for fault in told} >= {"items", "tasks", "practical", "difficulty 1"}


def test_a_task_counts_for_the_first_of_its_outcomes() -> None:
    items = whole_bank()
    task = next(item for item in items if item["kind"] == "simulated_task")
    task["simulation"] = {"outcomes": [task["outcome"], "QR-1"]}
    assert not missing(bank_of(items))
    task["simulation"] = {"outcomes": ["QR-1", task["outcome"]]}
    assert missing(bank_of(items))


def test_a_skill_needs_items_tasks_acts_and_every_difficulty() -> None:
    items = [item for item in whole_bank() if not (item["skill"] == "ld" and item["difficulty"] == 6)]
    assert ("LD", "difficulty 6") in {(fault.id, fault.field) for fault in faults(bank_of(items))}
    choices = [item for item in whole_bank() if item["kind"] == "choice"]
    told = {(fault.id, fault.field) for fault in faults(bank_of(choices))}
    assert {("QR", "items"), ("QR", "tasks"), ("QR", "practical"), ("CB", "items"), ("CB", "tasks")} <= told
    assert ("CB", "practical") not in told


def test_the_report_counts_by_skill_kind_difficulty_and_state() -> None:
    items = whole_bank()
    items[0]["state"] = "review"
    items.append({**items[1], "id": "DVC-1-WA-901", "tags": ["practice-only"]})
    found = report(bank_of(items))
    assert (found["items"], found["practice_only"]) == (280, 1)
    assert found["states"] == {"live": 279, "review": 1}
    qr = found["skills"]["QR"]
    assert (qr["items"], qr["tasks"], qr["practical"]) == (43, 7, 13)
    assert qr["difficulties"] == {"1": 6, "2": 8, "3": 9, "4": 10, "5": 6, "6": 4}
    assert qr["kinds"]["QR"] == 3
    (one,) = found["blueprint"]["missing"]
    assert (one["outcome"], one["count"], one["in_review"]) == (items[0]["outcome"], 1, 1)
