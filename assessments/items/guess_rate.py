"""How often somebody who knows nothing gets an item all right: the starting c of the response model. Pure.

Source: content guide, section 7 (chance of the all-right answer by kind).
"""

from __future__ import annotations

from math import comb, factorial
from typing import Any

Content = dict[str, Any]
# Talks have few branches, and some lead to the end by luck.
_CONVERSATION = 0.1
# Logistic metric, ability N(0, 1): where experts expect an item of difficulty 1 to 6 (content guide, section 11).
EXPERT_B = {1: -2.4, 2: -1.5, 3: -0.6, 4: 0.3, 5: 1.2, 6: 2.1}


# Kinds where as many parts are picked as the item says: parts, and how many.
_PICKED = {
    "multiple_choice": ("options", "select"),
    "hotspot": ("regions", "marks_to_find"),
    "document_check": ("fields", "faults_to_find"),
}
_ARRANGED = {"order": "cards", "match": "pairs"}


def guess_rate(content: Content) -> float:
    """c between 0 and 0.5; 0 for what is typed, sorted, triaged or done."""
    kind = content["kind"]
    if kind in {"choice", "true_false"}:
        return 1 / max(len(content["options"]), 2)
    if kind in _PICKED:
        parts, count = _PICKED[kind]
        return 1 / comb(len(content[parts]), int(content[count]))
    if kind in _ARRANGED:
        return 1 / factorial(len(content[_ARRANGED[kind]]))
    return _CONVERSATION if kind == "conversation" else 0.0
