"""Which fields each type of element has in the editor, in the order in which they are written down. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.items.simulation.world import INPUTS, SHOWING


@dataclass(frozen=True)
class Spec:
    """``texts`` and ``numbers`` are plain keys; ``options`` and ``options_act`` say what a choice has."""

    texts: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    option_numbers: tuple[str, ...] = ()
    options_act: bool = False
    acts: bool = False


SPECS: dict[str, Spec] = {
    "heading": Spec(("text",)),
    "text": Spec(("text",)),
    "picture": Spec(("src", "alt")),
    "notice": Spec(("tone", "text")),
    "facts": Spec(("title",)),
    "entries": Spec(("title",)),
    "thread": Spec(("from",)),
    "qr": Spec(("text", "qr", "alt")),
    "media": Spec(("text", "src", "transcript")),
    "steps": Spec(("title",)),
    "button": Spec(("style", "text"), acts=True),
    "link": Spec(("text",), acts=True),
    "icon": Spec(("icon", "text", "badge"), acts=True),
    "card": Spec(("icon", "text", "sub", "badge"), acts=True),
    "payee": Spec(("icon", "text", "sub", "badge"), acts=True),
    "replies": Spec(("text",), options=("text",), options_act=True),
    "caller": Spec(("text",), options=("text",), options_act=True),
    "permission": Spec(("text",), options=("text",), options_act=True),
    "tabs": Spec(("text",), options=("text",), options_act=True),
    "scanner": Spec(("text",), options=("text", "qr", "src", "alt"), options_act=True),
    "hotspot": Spec(
        ("text", "src", "alt"),
        options=("text",),
        option_numbers=("x", "y", "width", "height"),
        options_act=True,
    ),
    "field": Spec(("input", "text", "hint"), ("max",)),
    "passcode": Spec(("text", "hint"), ("length",)),
    "otp": Spec(("text", "hint"), ("length",)),
    "radio": Spec(("text", "hint"), options=("text",)),
    "select": Spec(("text", "hint"), options=("text",)),
    "picker": Spec(("text", "hint"), options=("text", "src", "alt")),
    "checks": Spec(("text", "hint"), options=("text",)),
    "toggle": Spec(("text", "hint")),
    "checkbox": Spec(("text", "hint")),
    "stepper": Spec(("text", "hint"), ("min", "max")),
    "rows": Spec(("of", "title", "empty", "row_action"), acts=True),
}
# Elements that only show need no id; all others get one.
NAMELESS = SHOWING
# Inputs whose first value is typed as text.
TYPED_FIRST = {"field"}
CHOSEN_FIRST = {"radio", "select", "picker"}
SWITCHED_FIRST = {"toggle", "checkbox"}


def has_reaction(kind: str) -> bool:
    return SPECS[kind].acts or kind in INPUTS
