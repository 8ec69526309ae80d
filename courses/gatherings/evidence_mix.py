"""Who is in the hall and how the round was answered, by evidence class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from courses.gatherings.answer_values import options_of
from courses.gatherings.models import Ballots, Gathering, HallAnswer, HandCount, Seat


def answers_in_time(gathering: Gathering, position: int, round_: int) -> QuerySet[HallAnswer]:
    return HallAnswer.objects.filter(gathering=gathering, position=position, round=round_, late=False)


def present_count(gathering: Gathering) -> int:
    """Seats, or everybody who was counted in the hall where that is more."""
    return max(gathering.head_count or 0, Seat.objects.filter(gathering=gathering).count())


def answered_count(gathering: Gathering) -> int:
    """Answers in time to the round on the screen, and the hands that were counted for it."""
    by_hand = confirmed_count(gathering, gathering.position, gathering.round)
    alone = answers_in_time(gathering, gathering.position, gathering.round).count()
    return alone + (by_hand.total if by_hand else 0)


def confirmed_count(gathering: Gathering, position: int, round_: int) -> HandCount | None:
    """The hand count that stands for a round."""
    counts = HandCount.objects.filter(
        gathering=gathering, position=position, round=round_, confirmed_at__isnull=False, replaced=False
    )
    return counts.last()


def counts_of(gathering: Gathering, position: int, round_: int) -> dict[str, int]:
    """How often each option was chosen: phones, cards, ballots and the confirmed hand count together."""
    step = gathering.steps[position - 1]
    found = Counter(dict.fromkeys(options_of(step), 0))
    for value in answers_in_time(gathering, position, round_).values_list("value", flat=True):
        found.update(value or ())
    for box in Ballots.objects.filter(gathering=gathering, position=position, round=round_):
        found[box.value] += box.count
    by_hand = confirmed_count(gathering, position, round_)
    if by_hand is not None:
        found.update(by_hand.counts)
    return dict(found)


def mix_of_round(gathering: Gathering, position: int, round_: int) -> dict[str, int]:
    """``{"A": 12, "B": 9, "C": 0, "D": 14}``: people by evidence class in one round of one step."""
    rows = answers_in_time(gathering, position, round_).values("evidence_class").annotate(n=Count("pk"))
    found = dict.fromkeys("ABCD", 0) | {row["evidence_class"]: row["n"] for row in rows.order_by()}
    by_hand = confirmed_count(gathering, position, round_)
    found["D"] += by_hand.total if by_hand else 0
    return found


def evidence_mix(gathering: Gathering) -> dict[str, int]:
    """``{"present": 35, "A": 12, "B": 9, "C": 0, "D": 14}``: people who answered questions, by class of evidence.

    A person stands in the class of each answer; hands are people of one show of hands, never added up over steps.
    """
    asked = [place for place, step in enumerate(gathering.steps, 1) if step["kind"] == "question"]
    mix = {"present": present_count(gathering)} | dict.fromkeys("ABCD", 0)
    answers = HallAnswer.objects.filter(gathering=gathering, position__in=asked, late=False)
    for row in answers.values("evidence_class").annotate(n=Count("seat", distinct=True)).order_by():
        mix[row["evidence_class"]] = row["n"]
    by_hand = HandCount.objects.filter(
        gathering=gathering, position__in=asked, confirmed_at__isnull=False, replaced=False
    )
    mix["D"] = max(by_hand.values_list("total", flat=True), default=0)
    return mix


def round_summary(gathering: Gathering, position: int, round_: int) -> Mapping[str, Any]:
    """What the chain keeps of a round."""
    return {
        "position": position,
        "round": round_,
        "counts": counts_of(gathering, position, round_),
        "classes": mix_of_round(gathering, position, round_),
        "present": present_count(gathering),
    }
