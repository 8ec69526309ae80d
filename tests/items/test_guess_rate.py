"""The chance of knowing nothing and being all right, kind by kind, against counting by hand."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations
from typing import Any

import pytest

from assessments.items.guess_rate import EXPERT_B, guess_rate

PARTS: list[dict[str, Any]] = [{"id": one} for one in "abcde"]


@pytest.mark.parametrize(
    ("content", "chance"),
    [
        ({"kind": "choice", "options": PARTS[:4]}, 1 / 4),
        ({"kind": "true_false", "options": PARTS[:2]}, 1 / 2),
        ({"kind": "multiple_choice", "options": PARTS, "select": 2}, 1 / len(list(combinations(PARTS, 2)))),
        ({"kind": "hotspot", "regions": PARTS, "marks_to_find": 1}, 1 / 5),
        (
            {"kind": "document_check", "fields": PARTS, "faults_to_find": 3},
            1 / len(list(combinations(PARTS, 3))),
        ),
        ({"kind": "order", "cards": PARTS[:4]}, 1 / len(list(permutations(PARTS[:4])))),
        ({"kind": "match", "pairs": PARTS[:3]}, 1 / 6),
        ({"kind": "conversation"}, 0.1),
        ({"kind": "simulated_task"}, 0.0),
        ({"kind": "number"}, 0.0),
    ],
)
def test_chance_of_knowing_nothing(content: dict[str, Any], chance: float) -> None:
    assert guess_rate(content) == pytest.approx(chance)


def test_experts_place_difficulties_evenly() -> None:
    places = [EXPERT_B[difficulty] for difficulty in range(1, 7)]
    assert places == sorted(places)
    assert {round(b - a, 9) for a, b in pairwise(places)} == {0.9}
