"""Pure: the buttons of the presenter in each phase. The first is the big one; a clicker presses it again and again."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.gatherings.phases import ASKED, CLOSED, DISCUSS, ENDED, LOBBY, OPEN, PAUSED, REVEALED, SHOWN

Text = str | Promise
# PageDown and PageUp come from clickers.
FORWARD = "ArrowRight PageDown"
BACKWARD = "ArrowLeft PageUp"


@dataclass(frozen=True)
class Button:
    action: str
    label: Text
    keys: str = ""
    shown_key: str = ""


@dataclass(frozen=True)
class Deck:
    main: Button | None
    back: Button | None
    cover: Button | None
    others: tuple[Button, ...] = ()


_BACK = Button("back", _("Back"), BACKWARD, "←")
_COVER = Button("pause", _("Cover the screen"), "b B", "B")
_NEXT = Button("next", _("Next step"), FORWARD, "→")
_SKIP = Button("next", _("Next step without asking"))
_DISCUSS = Button("discuss", _("Let them discuss"))
_AGAIN = Button("reopen", _("Ask once more"))


def deck_of(phase: str, kind: str, position: int, steps: int) -> Deck:
    """What may be done now. The end is never on a key: a clicker must not end a gathering."""
    if phase == ENDED:
        return Deck(None, None, None)
    if phase == PAUSED:
        return Deck(Button("resume", _("Show the screen again"), f"b B {FORWARD}", "B"), None, None)
    back = _BACK if position > 0 and phase != OPEN else None
    if phase == LOBBY:
        begin = Button("next", _("Begin the session"), f"{FORWARD} Space", "→")
        return Deck(begin if steps else None, None, _COVER)
    last = position >= steps
    if kind not in ASKED:
        onward = None if last else Button("next", _("Next step"), f"{FORWARD} Space", "→")
        return Deck(onward, back, _COVER)
    main, others = _asking(phase, last)
    return Deck(main, back, _COVER, others)


def _asking(phase: str, last: bool) -> tuple[Button | None, tuple[Button, ...]]:
    onward = None if last else _NEXT
    skip = () if last else (_SKIP,)
    if phase == SHOWN:
        return Button("open", _("Take answers"), f"{FORWARD} Space", "→"), skip
    if phase == OPEN:
        close = Button("close", _("Close, do not show yet"), "Space")
        return Button("reveal", _("Close, show the result"), f"r R {FORWARD}", "R"), (close,)
    if phase == CLOSED:
        more = Button("reopen", _("Take answers again"), "Space")
        reveal = Button("reveal", _("Show the result"), f"r R {FORWARD}", "R")
        return reveal, (_DISCUSS, more, *skip)
    if phase == REVEALED:
        return onward, (_DISCUSS, _AGAIN)
    if phase == DISCUSS:
        again = Button("reopen", _("Ask once more"), f"{FORWARD} Space", "→")
        return again, (Button("reveal", _("Show the result"), "r R", "R"), *skip)
    return None, ()
