"""What each kind of screen may know of a gathering, as small JSON; the whole of it each time, the latest wins."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from courses.gatherings.answer_values import options_of
from courses.gatherings.evidence_mix import answered_count, counts_of, mix_of_round, present_count
from courses.gatherings.models import Gathering, HallAnswer, Seat
from courses.gatherings.phases import ASKED, DISCUSS, PAUSED, REVEALED
from courses.gatherings.stage_of import stage_of

State = dict[str, Any]
# The contract: every message stays below 2 KB; longer texts are read from the page of the step.
MOST_BYTES = 2_000
_NAMES_ON_SCREEN = 12


def public_state(gathering: Gathering) -> State:
    """For the phones of the hall and anybody who knows the code."""
    return _trimmed(_state(gathering))


def projector_state(gathering: Gathering) -> State:
    """For the big screen: the same, with names of the last who came where that is turned on."""
    state = _state(gathering)
    if gathering.show_names:
        newest = Seat.objects.filter(gathering=gathering).exclude(name="").order_by("-number")
        state["names"] = list(newest.values_list("name", flat=True)[:_NAMES_ON_SCREEN])
    return _trimmed(state)


def presenter_state(gathering: Gathering) -> State:
    """For the one who leads: notes, key, the next step, who is here and who has not answered."""
    state = _state(gathering)
    step = gathering.step
    following = gathering.steps[gathering.position] if gathering.position < len(gathering.steps) else None
    seats = list(Seat.objects.filter(gathering=gathering).order_by("number"))
    done = set(_answered_seats(gathering))
    state["presenter"] = {
        "notes": step["notes"] if step else "",
        "key": step["secret"].get("key", []) if step else [],
        "why": step["secret"].get("why", "") if step else "",
        "minutes": step["minutes"] if step else 0,
        "steps": len(gathering.steps),
        "next": {"kind": following["kind"], "title": following["title"]} if following else None,
        "seats": [
            {"number": seat.number, "name": str(seat), "kind": seat.kind, "answered": seat.pk in done}
            for seat in seats
        ],
        "counts": _counts(gathering) if gathering.position else [],
        "classes": mix_of_round(gathering, gathering.position, gathering.round) if _asks(gathering) else {},
    }
    return state


def serialised(state: State) -> bytes:
    return json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


@dataclass(frozen=True)
class Snapshot:
    """What streams and polls send, made once for all of them."""

    gathering_id: int
    version: int
    hall: bytes
    projector: bytes
    projector_token: str | None


def snapshot(gathering: Gathering) -> Snapshot:
    hall = serialised(public_state(gathering))
    projector = serialised(projector_state(gathering)) if gathering.show_names else hall
    return Snapshot(gathering.pk, gathering.version, hall, projector, gathering.projector_token)


def _state(gathering: Gathering) -> State:
    asked = _asks(gathering)
    return {
        "version": gathering.version,
        "phase": gathering.phase,
        "title": gathering.title,
        "code": gathering.code,
        "step": _step(gathering),
        "present": present_count(gathering),
        "answered": answered_count(gathering) if asked else 0,
        "results": _results(gathering),
        "phase_ms": gathering.phase_ms,
    }


def _asks(gathering: Gathering) -> bool:
    step = gathering.step
    return step is not None and step["kind"] in ASKED


def _step(gathering: Gathering) -> State:
    """Counted from 1; the lobby is 0. Only what is public in the frozen step."""
    step = gathering.step
    place: State = {"position": gathering.position, "kind": "lobby", "round": gathering.round}
    if step is None:
        return place
    return {**step["public"], **place, "kind": step["kind"], "title": step["title"]}


def _results(gathering: Gathering) -> State | None:
    """Only after the reveal, and not while the question is open again."""
    stage = stage_of(gathering)
    shown = stage.paused_from if stage.phase == PAUSED else stage.phase
    if shown not in (REVEALED, DISCUSS) or not stage.here.revealed or not _asks(gathering):
        return None
    step = gathering.steps[gathering.position - 1]
    results: State = {"counts": _counts(gathering)}
    if step["secret"].get("key"):
        results |= {"key": step["secret"]["key"], "why": step["secret"].get("why", "")}
    return results


def _counts(gathering: Gathering) -> list[int]:
    """In the order of the options."""
    if not _asks(gathering):
        return []
    found = counts_of(gathering, gathering.position, gathering.round)
    return [found[option] for option in options_of(gathering.steps[gathering.position - 1])]


def _answered_seats(gathering: Gathering) -> Any:
    answers = HallAnswer.objects.filter(
        gathering=gathering, position=gathering.position, round=gathering.round
    )
    return answers.values_list("seat_id", flat=True)


def _trimmed(state: State) -> State:
    """Drop what is only long, never what decides; the page of the step shows it in full."""
    results, step = state["results"], state["step"]
    for part, name in ((results, "why"), (step, "lines"), (step, "caption"), (state, "names")):
        if len(serialised(state)) < MOST_BYTES:
            return state
        if part is not None and part.pop(name, None) is not None:
            step["more"] = True
    _shorten(state)
    return state


def _shorten(state: State) -> None:
    """Texts of a question by the letter: at last the big screen is where they are read."""
    step = {**state["step"], "more": True}
    state["step"] = step
    for most in (400, 200, 100, 40):
        if len(serialised(state)) < MOST_BYTES:
            return
        step["prompt"] = step.get("prompt", "")[:most]
        step["options"] = [
            {**option, "text": str(option["text"])[:most]} for option in step.get("options", ())
        ]
