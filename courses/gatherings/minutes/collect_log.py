"""What the gathering itself recorded, for the minutes: read from its events, answers and counts."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from courses.gatherings.answer_values import options_of
from courses.gatherings.evidence_mix import confirmed_count, counts_of, present_count
from courses.gatherings.join import roster_of
from courses.gatherings.minutes.record import Figure, Log, Question, Vote
from courses.gatherings.minutes.stored import PROVINCE_TIME
from courses.gatherings.models import Gathering, HallAnswer, LiveEvent, Seat, SeatKind
from courses.gatherings.stage_of import stage_of

# Steps whose titles say what was gone through; questions and votes stand in the minutes by themselves.
_TOLD = frozenset({"slide", "picture", "video", "demo", "discussion", "practice"})


def collect_log(gathering: Gathering) -> Log:
    events = list(LiveEvent.objects.filter(gathering=gathering).order_by("number"))
    begun = _beginning(events)
    seats = list(Seat.objects.filter(gathering=gathering, kind=SeatKind.ROSTER).order_by("number"))
    # Who leads is in the hall, seat or none.
    here = {seat.person_id for seat in seats} | {gathering.facilitator_id}
    above = gathering.unit.get_parent()
    leader = gathering.facilitator
    return Log(
        title=gathering.title,
        theme=gathering.plan.theme if gathering.plan else "",
        unit=gathering.unit.full_title,
        upper_unit=above.full_title if above else "",
        facilitator=leader.get_full_name() if leader else "",
        started_at=begun.at.astimezone(PROVINCE_TIME).replace(microsecond=0),
        seconds=_length(events, begun),
        present=present_count(gathering),
        present_names=tuple(seat.name for seat in seats),
        not_joined=tuple(one.get_full_name() for one in roster_of(gathering) if one.pk not in here),
        steps=tuple(_told_steps(gathering)),
        questions=tuple(_questions(gathering)),
        votes=tuple(_votes(gathering)),
        log_hash=gathering.last_hash,
    )


def _beginning(events: list[LiveEvent]) -> LiveEvent:
    """People come to an open lobby for a while; the meeting begins with its first step."""
    acts = (event for event in events if event.kind == "act" and event.data.get("position"))
    return next(acts, events[0])


def _length(events: list[LiveEvent], begun: LiveEvent) -> int:
    """What is written down after the end makes no meeting longer."""
    ends = [event.at_ms for event in events if event.kind == "act" and event.data.get("phase") == "ended"]
    return ((ends or [events[-1].at_ms])[-1] - begun.at_ms) // 1000


def _told_steps(gathering: Gathering) -> list[str]:
    reached = stage_of(gathering).progress
    steps = enumerate(gathering.steps, 1)
    return [step["title"] for place, step in steps if place in reached and step["kind"] in _TOLD]


def _asked(gathering: Gathering, kind: str) -> list[tuple[int, dict[str, Any], int]]:
    """Position, step and number of rounds of what was really asked."""
    progress = stage_of(gathering).progress
    return [
        (place, step, progress[place].round)
        for place, step in enumerate(gathering.steps, 1)
        if step["kind"] == kind and place in progress and progress[place].asked
    ]


def _questions(gathering: Gathering) -> list[Question]:
    return [
        Question(number, round_, str(step["public"].get("prompt") or step["title"]), figures)
        for number, (place, step, rounds) in enumerate(_asked(gathering, "question"), 1)
        for round_ in range(1, rounds + 1)
        if (figures := _by_class(gathering, place, round_, step))
    ]


def _by_class(gathering: Gathering, place: int, round_: int, step: dict[str, Any]) -> dict[str, Figure]:
    answers = HallAnswer.objects.filter(gathering=gathering, position=place, round=round_, late=False)
    rows = answers.values("evidence_class").annotate(n=Count("pk"), right=Count("pk", filter=Q(correct=True)))
    key = step.get("secret", {}).get("key") or []
    found = {
        row["evidence_class"]: Figure(row["n"], row["right"] if key else None)
        for row in rows.order_by("evidence_class")
    }
    by_hand = confirmed_count(gathering, place, round_)
    if by_hand is not None and by_hand.total:
        # Hands are shown for one option at a time: with several right options nobody knows who had them all.
        right = by_hand.counts.get(key[0], 0) if len(key) == 1 else None
        found["D"] = Figure(by_hand.total, right)
    return found


def _votes(gathering: Gathering) -> list[Vote]:
    votes = []
    for place, step, rounds in _asked(gathering, "vote"):
        counts = counts_of(gathering, place, rounds)
        figures = [counts.get(option, 0) for option in options_of(step)][:3]
        subject = str(step["public"].get("prompt") or step["title"])
        votes.append(Vote(subject, *figures, *[0] * (3 - len(figures))))
    return votes
