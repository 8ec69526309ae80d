"""Upper rooms are told when a sitting ends, inside its transaction: what they write stands or falls with it."""

from __future__ import annotations

from collections.abc import Callable

from assessments.sittings.models import Sitting

Listener = Callable[[Sitting], None]
_listeners: list[Listener] = []


def on_finished(listener: Listener) -> None:
    """Register once, in ``AppConfig.ready`` of an upper room."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_finished(sitting: Sitting) -> None:
    for listener in _listeners:
        listener(sitting)
