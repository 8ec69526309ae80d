"""Nothing crashes the library: whatever bytes, parameters and snapshots come, there is a verdict or a coded refusal."""

from __future__ import annotations

import io
import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from media.h5p.errors import CannotBlind, PackageError, ResponseError
from media.h5p.package import read_package
from media.h5p.scoring import blind, score
from media.h5p.scoring.dispatch import ONE_QUESTION, SUM_OF_CHILDREN
from tests.h5p import corpus

GOOD = corpus.zipped(corpus.good_members())
NAMES = """
answers correct behaviour questions params library choices textField question task elements dropZones correctElements
interactiveVideo assets interactions action presentation slides branchingScenario content nextContentId type poolSize
subContentId state distractors
"""
TYPES = st.sampled_from(
    [*ONE_QUESTION, *SUM_OF_CHILDREN, "H5P.QuestionSet", "H5P.BranchingScenario"],
)
LIKELY = st.sampled_from(["0", "0[,]1", "*a* b", "H5P.Blanks 1.0", "true", "H5P.MultiChoice 1.16"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | LIKELY
JSON = st.recursive(
    LEAVES | st.text(max_size=6),
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.sampled_from(NAMES.split()), one, max_size=5),
)
STATEMENTS = st.fixed_dictionaries({"result": st.fixed_dictionaries({"response": LEAVES})})
RESPONSES = st.fixed_dictionaries({}, optional={"statement": STATEMENTS, "state": JSON})
SNAPSHOTS = st.recursive(
    RESPONSES, lambda one: st.fixed_dictionaries({"children": st.lists(one, max_size=3)}), max_leaves=6
)
ISSUE_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def verdict(body: bytes) -> None:
    """Either it opens, or every fault has a code and one of them is an error."""
    opened = True
    try:
        issues = read_package(io.BytesIO(body)).issues
    except PackageError as refused:
        opened, issues = False, refused.issues
    assert opened == all(issue.level == "warning" for issue in issues)
    assert all(ISSUE_CODE.fullmatch(issue.code) for issue in issues)


@given(st.binary(max_size=600))
def test_any_bytes(body: bytes) -> None:
    verdict(body)
    verdict(body + GOOD)
    verdict(GOOD + body)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=150)
def test_a_package_with_changed_bytes(changes: list[tuple[int, int]]) -> None:
    body = bytearray(GOOD)
    for position, value in changes:
        body[position] = value
    verdict(bytes(body))


@given(st.sampled_from(sorted(corpus.good_members())), JSON)
@settings(max_examples=60)
def test_a_package_with_any_json_in_any_place(path: str, value: Any) -> None:
    verdict(corpus.zipped({**corpus.good_members(), path: json.dumps(value).encode()}))


@given(TYPES, JSON, SNAPSHOTS)
@settings(max_examples=300)
def test_any_content_and_any_snapshot(library: str, params: Any, given_back: Any) -> None:
    params = (
        params if isinstance(params, dict) else {"answers": params, "questions": params, "textField": params}
    )
    try:
        found = score(library, params, given_back)
    except ResponseError:
        return
    assert found.verified or found.raw == found.maximum == 0
    assert 0 <= found.raw <= found.maximum


@given(TYPES, JSON, st.integers())
@settings(max_examples=150)
def test_any_content_can_be_blinded_or_is_refused(library: str, params: Any, seed: int) -> None:
    params = (
        params if isinstance(params, dict) else {"answers": params, "questions": params, "textField": params}
    )
    try:
        public, key = blind(library, params, seed)
    except CannotBlind:
        return
    assert isinstance(public, dict)
    assert isinstance(key, dict)
