"""The life of an item, from draft to retired: which moves there are and who may make them. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DRAFT, REVIEW, PILOT, LIVE, RETIRED = "draft", "review", "pilot", "live", "retired"
STATES = (DRAFT, REVIEW, PILOT, LIVE, RETIRED)
# People get items in these states; a second person has approved them.
IN_USE = frozenset({PILOT, LIVE})
MOVES: dict[str, tuple[str, ...]] = {
    DRAFT: (REVIEW, RETIRED),
    REVIEW: (PILOT, LIVE, DRAFT, RETIRED),
    PILOT: (LIVE, REVIEW, DRAFT, RETIRED),
    LIVE: (REVIEW, DRAFT, RETIRED),
    RETIRED: (DRAFT,),
}


class Refusal(StrEnum):
    NO_SUCH_MOVE = "no_such_move"
    NOT_A_REVIEWER = "not_a_reviewer"
    OWN_WORK = "own_work"
    REASON_MISSING = "reason_missing"
    UNSURE_FACT = "unsure_fact"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do with an item, with all that decides whether they may."""

    before: str
    after: str
    person: int
    authors: frozenset[int]  # who wrote what was not approved before
    may_review: bool
    reason: str
    facts_sure: bool
    in_date: bool


def needs_reviewer(before: str, after: str) -> bool:
    """Only sending in and taking back an own draft is open to everybody who writes."""
    return after in IN_USE or before in IN_USE or RETIRED in {before, after}


def needs_reason(before: str, after: str) -> bool:
    """Every step back and every end is explained to those who come later."""
    return after == RETIRED or STATES.index(after) < STATES.index(before)


def refusal(wish: Wish) -> Refusal | None:
    """Why the wish is not granted; None when it is."""
    if wish.after not in MOVES.get(wish.before, ()):
        return Refusal.NO_SUCH_MOVE
    if needs_reviewer(wish.before, wish.after) and not wish.may_review:
        return Refusal.NOT_A_REVIEWER
    if needs_reason(wish.before, wish.after) and not wish.reason.strip():
        return Refusal.REASON_MISSING
    if wish.after not in IN_USE:
        return None
    if wish.person in wish.authors:
        return Refusal.OWN_WORK
    if not wish.facts_sure:
        return Refusal.UNSURE_FACT
    return None if wish.in_date else Refusal.OVERDUE


def state_after_edit(state: str, same_question: bool) -> str:
    """What people get was approved word for word: an edit of it goes to a second person again."""
    return REVIEW if state in IN_USE and not same_question else state
