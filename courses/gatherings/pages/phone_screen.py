"""What the phone of one seat shows: the same as static/gatherings/phone.js makes of the same state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.gatherings.phases import ASKED, CLOSED, DISCUSS, ENDED, LOBBY, OPEN, PAUSED, REVEALED, SHOWN

Text = str | Promise
# What the script says too; it gets them from the page.
WORDS: dict[str, Text] = {
    "lobby": _("You are in. Wait until the session begins."),
    "shown": _("Read the question. You choose in a moment."),
    "open": _("No need to hurry."),
    "kept": _("Answer %s received. To change it, choose another and send again."),
    "voted": _("Your secret vote is received."),
    "sending": _("Sending…"),
    "waiting": _("No connection. Your answer stays on this phone and goes by itself."),
    "refused": _("This answer came too late. It was not counted."),
    "late": _("This answer came too late for the hall. It is kept for you."),
    "closed": _("Closed. Look at the big screen."),
    "closed_mine": _("Closed. Your answer: %s."),
    "right": _("That is right."),
    "wrong": _("Not right yet. Let us look again."),
    "result": _("The result is on the big screen."),
    "discuss": _("Talk with the person beside you. Then you answer again."),
    "paused": _("A short break"),
    "ended": _("The session is over. Thank you."),
    "chosen": _("Chosen by you"),
    "right_way": _("The right way"),
    "send": _("Send the answer"),
    "again": _("Send again"),
    "choose": _("Choose one"),
    "choose_some": _("Choose %s answers"),
    "lost": _("No connection. The page goes on by itself when it is back."),
}


@dataclass(frozen=True)
class PhoneOption:
    letter: str
    shape: str
    text: str
    mine: bool
    right: bool


@dataclass(frozen=True)
class PhoneScreen:
    title: Text
    small: str = ""
    note: Text = ""
    level: str = ""
    options: tuple[PhoneOption, ...] = ()
    form: bool = False
    choose: Text = ""
    send: Text = ""
    lines: tuple[str, ...] = ()
    picture: Mapping[str, str] | None = None
    href: str = ""


def phone_screen(state: Mapping[str, Any], mine: list[str] | None) -> PhoneScreen:
    """``mine``: the letters that this seat gave in this round; empty after a secret vote; None before."""
    phase, step = state["phase"], state["step"]
    if phase in (PAUSED, ENDED):
        return PhoneScreen(title=WORDS[phase])
    if phase == LOBBY:
        return PhoneScreen(title=state["title"], note=WORDS[LOBBY], level="info")
    if step["kind"] not in ASKED:
        return _told(step)
    title, small = step.get("prompt", ""), step["title"]
    if phase == DISCUSS:
        return PhoneScreen(title=title, small=small, note=WORDS[DISCUSS], level="info")
    note, level = _note(state, mine)
    return PhoneScreen(
        title=title,
        small=small,
        note=note,
        level=level,
        options=_options(state, mine),
        form=phase == OPEN and not (mine is not None and step.get("secret")),
        choose=WORDS["choose_some"] % step["select"] if step.get("select") else WORDS["choose"],
        send=WORDS["again"] if mine else WORDS["send"],
    )


def _told(step: Mapping[str, Any]) -> PhoneScreen:
    picture = {name: step.get(name, "") for name in ("src", "alt", "caption")}
    return PhoneScreen(
        title=step["title"],
        note=step.get("prompt", ""),
        lines=tuple(step.get("lines", ())),
        picture=picture if step["kind"] == "picture" else None,
        href=step.get("href", ""),
    )


def _note(state: Mapping[str, Any], mine: list[str] | None) -> tuple[Text, str]:
    phase, results = state["phase"], state["results"]
    given = ", ".join(mine or ())
    if phase == SHOWN:
        return WORDS["shown"], "info"
    if phase == OPEN:
        if mine is None:
            return WORDS["open"], ""
        return (WORDS["kept"] % given, "ok") if mine else (WORDS["voted"], "ok")
    if phase == CLOSED or not results:
        return (WORDS["closed_mine"] % given if given else WORDS["closed"]), "info"
    if phase == REVEALED and results.get("key") and given:
        right = sorted(mine or ()) == sorted(results["key"])
        words = WORDS["right"] if right else WORDS["wrong"]
        return " ".join(filter(None, (str(words), results.get("why", "")))), "ok" if right else "info"
    return results.get("why") or WORDS["result"], "info"


def _options(state: Mapping[str, Any], mine: list[str] | None) -> tuple[PhoneOption, ...]:
    key = (state["results"] or {}).get("key", ())
    return tuple(
        PhoneOption(
            option["letter"],
            "abcd"[place % 4],
            option["text"],
            option["letter"] in (mine or ()),
            option["letter"] in key,
        )
        for place, option in enumerate(state["step"].get("options") or ())
    )
