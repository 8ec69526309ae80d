"""What the template of the frame needs after an act, for learners and editors alike."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.play import Play
from assessments.items.simulation.public_state import said
from assessments.items.simulation.screen_view import screen_view
from assessments.items.simulation.stepped import Applied
from assessments.items.simulation.words import problem_words


def frame_context(applied: Applied) -> dict[str, Any]:
    now = applied.play
    screen = screen_view(now, dict(applied.draft))
    last = now.state.log[-1] if now.state.log else None
    return {
        "brief": now.compiled.public["brief"],
        "screen": screen,
        "said": said(now),
        "hinted": bool(last and last.action == "hint"),
        "refused": bool(last and not last.ok),
        "refused_field": _first_field(screen),
        "problems": _problems(now, applied),
        "masked": bool(last and last.action == "set" and last.value and "000000000" in str(last.value)),
    }


def _first_field(screen: dict[str, Any]) -> str:
    """Where a refusal leads: the first field that is still empty, else the first field."""
    fields = [one for one in screen["elements"] if "value" in one and one["enabled"]]
    empty = [one for one in fields if not one["value"]]
    return str((empty or fields or [{"name": ""}])[0]["name"])


def _problems(now: Play, applied: Applied) -> list[dict[str, str]]:
    words, tokens = problem_words(), now.compiled.tokens
    return [
        {"name": tokens.hide("element", one), "label": now.world.inputs[one]["text"], "text": words[code]}
        for one, code in applied.problems.items()
    ]
