"""What stands on the big screen, ready for a template: full texts of the frozen step, figures of the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.gatherings.models import Gathering
from courses.gatherings.phases import ASKED

_SHAPES = "abcd"


@dataclass(frozen=True)
class HallOption:
    letter: str
    shape: str
    text: str
    count: int | None = None
    share: int = 0  # percent of all answers, whole
    right: bool = False
    so_far: int | None = None  # for the presenter alone


@dataclass(frozen=True)
class HallPicture:
    kind: str
    phase: str
    title: str
    position: int
    steps: int
    public: Mapping[str, Any] = field(default_factory=dict)
    question_number: int = 0
    questions: int = 0
    round: int = 1
    options: tuple[HallOption, ...] = ()
    revealed: bool = False
    why: str = ""
    present: int = 0
    answered: int = 0
    names: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        return self.kind in ASKED

    @property
    def wordy(self) -> bool:
        """Long texts are set smaller, never below what the last row can read."""
        longest = max((len(option.text) for option in self.options), default=0)
        return len(str(self.public.get("prompt", ""))) > 110 or longest > 44


def hall_picture(gathering: Gathering, state: Mapping[str, Any]) -> HallPicture:
    """From the state of the projector nothing can stand here that a screen may not know."""
    step = gathering.step
    kinds = [one["kind"] for one in gathering.steps]
    results = state["results"]
    return HallPicture(
        kind=step["kind"] if step else "lobby",
        phase=gathering.phase,
        title=step["title"] if step else gathering.title,
        position=gathering.position,
        steps=len(kinds),
        public=step["public"] if step else {},
        question_number=kinds[: gathering.position].count("question"),
        questions=kinds.count("question"),
        round=gathering.round,
        options=_options(step["public"] if step else {}, results, state.get("presenter", {}).get("counts")),
        revealed=results is not None,
        why=step["secret"].get("why", "") if step and results else "",
        present=state["present"],
        answered=state["answered"],
        names=tuple(state.get("names", ())),
    )


def _options(
    public: Mapping[str, Any], results: Mapping[str, Any] | None, so_far: Sequence[int] | None
) -> tuple[HallOption, ...]:
    options = public.get("options") or []
    counts = results["counts"] if results else [None] * len(options)
    total = sum(count or 0 for count in counts)
    key = (results or {}).get("key", ())
    return tuple(
        HallOption(
            option["letter"],
            _SHAPES[place % len(_SHAPES)],
            option["text"],
            count,
            round(100 * (count or 0) / total) if total else 0,
            option["letter"] in key,
            so_far[place] if so_far else None,
        )
        for place, (option, count) in enumerate(zip(options, counts, strict=True))
    )
