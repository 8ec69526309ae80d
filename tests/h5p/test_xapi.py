"""Whatever a browser says, the server writes who, when and about what."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.h5p.errors import StatementError
from media.h5p.xapi import Attempt, export_lines, normalize

HANOI = timezone(timedelta(hours=7))
ATTEMPT = Attempt(
    statement_id=UUID(int=1),
    registration=UUID(int=2),
    home_page="https://example.vn",
    account="p-42",
    activity="https://example.vn/h5p/7",
    title="Bài thử",
    timestamp=datetime(2026, 11, 23, 14, 0, tzinfo=HANOI),
    stored=datetime(2026, 11, 23, 7, 0, 1, tzinfo=UTC),
)
ANSWERED = {"id": "http://adlnet.gov/expapi/verbs/answered"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def test_the_server_fills_in_what_it_knows() -> None:
    forged = {
        "id": "forged",
        "actor": {"mbox": "mailto:someone@else.vn"},
        "verb": ANSWERED,
        "object": {"id": "https://evil.example/other", "definition": {"interactionType": "choice"}},
        "timestamp": "1999-01-01T00:00:00Z",
        "stored": "1999-01-01T00:00:00Z",
        "authority": {"mbox": "mailto:root@example.vn"},
        "result": {"response": "0[,]2", "duration": "PT1.5S", "completion": True},
    }
    made = normalize(forged, ATTEMPT)
    assert made["id"] == str(UUID(int=1))
    assert made["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": "https://example.vn", "name": "p-42"},
    }
    assert made["object"]["id"] == "https://example.vn/h5p/7"
    assert made["object"]["definition"]["interactionType"] == "choice"
    assert made["context"]["registration"] == str(UUID(int=2))
    assert made["timestamp"] == "2026-11-23T07:00:00.000Z"
    assert made["stored"] == "2026-11-23T07:00:01.000Z"
    assert made["result"] == {"response": "0[,]2", "duration": "PT1.5S", "completion": True}
    assert "authority" not in made
    assert "evil" not in json.dumps(made)


def test_the_score_is_kept_only_as_claimed() -> None:
    result = {"score": {"raw": 5, "max": 5, "scaled": 1, "evil": "x"}, "success": True}
    made = normalize({"verb": ANSWERED, "result": result}, ATTEMPT)["result"]
    assert set(made) == {"extensions"}
    assert made["extensions"]["urn:h5p-python:claimed-score"] == {
        "raw": 5,
        "max": 5,
        "scaled": 1,
        "success": True,
    }


def test_a_part_of_the_activity_keeps_its_name() -> None:
    extensions = {"http://h5p.org/x-api/h5p-subContentId": "ab-12"}
    made = normalize({"verb": ANSWERED, "object": {"definition": {"extensions": extensions}}}, ATTEMPT)
    assert made["object"]["id"] == "https://example.vn/h5p/7?subContentId=ab-12"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (None, "bad-statement"),
        ([], "bad-statement"),
        ({}, "bad-verb"),
        ({"verb": ["answered"]}, "bad-statement"),
        ({"verb": {"id": ["x"]}}, "bad-verb"),
        ({"verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}}, "bad-verb"),
        ({"verb": {"id": "answered"}}, "bad-verb"),
        ({"verb": ANSWERED, "result": []}, "bad-statement"),
        ({"verb": ANSWERED, "result": {"score": 5}}, "bad-statement"),
        ({"verb": ANSWERED, "result": {"score": {"raw": float("nan")}}}, "bad-statement"),
        ({"verb": ANSWERED, "result": {"score": {"raw": float("inf")}}}, "bad-statement"),
        ({"verb": ANSWERED, "result": {"response": "\0"}}, "bad-statement"),
        ({"verb": ANSWERED, "result": {"response": "\ud800"}}, "bad-statement"),
        ({"verb": ANSWERED, "result": {"response": "a" * 1_000_000}}, "statement-too-large"),
        ({"verb": ANSWERED, "x": [0] * 3000}, "statement-too-large"),
        ({"verb": ANSWERED, "x": [[[[[[[[[[[[[0]]]]]]]]]]]]]}, "statement-too-large"),
        ({"verb": ANSWERED, "object": "x"}, "bad-statement"),
        ({"verb": ANSWERED, "x": {1, 2}}, "bad-statement"),
    ],
)
def test_bad_statements_are_refused_with_a_code(statement: Any, code: str) -> None:
    with pytest.raises(StatementError) as refused:
        normalize(statement, ATTEMPT)
    assert refused.value.code == code


@given(JSON, JSON, JSON)
def test_anything_is_either_a_proper_statement_or_refused(target: Any, result: Any, other: Any) -> None:
    try:
        made = normalize({"verb": ANSWERED, "object": target, "result": result, "context": other}, ATTEMPT)
    except StatementError:
        return
    [line] = export_lines([made])
    assert json.loads(line) == made
    assert made["actor"]["account"]["name"] == "p-42"
    assert "score" not in made.get("result", {})


def test_export_is_one_line_each() -> None:
    made = normalize({"verb": ANSWERED, "result": {"response": "a\nb"}}, ATTEMPT)
    lines = list(export_lines([made, made]))
    assert len(lines) == 2
    assert all(line.count("\n") == 1 for line in lines)
    assert "Bài thử" in lines[0]
