"""Where the person stands, under the names of the sitting, for a browser that resumes. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.compile_public import Compiled, column_sources, is_choice
from assessments.items.simulation.play import Play
from assessments.items.simulation.world import TEXT_INPUTS


def public_state(play: Play) -> dict[str, Any]:
    compiled, state = play.compiled, play.state
    tokens = compiled.tokens
    last = state.log[-1] if state.log else None
    return {
        "n": len(state.log),
        "t": last.t if last else 0,
        "screen": tokens.hide("screen", state.screen),
        "history": [tokens.hide("screen", one) for one in state.history],
        "seen": sorted(tokens.hide("screen", one) for one in state.seen),
        "values": {tokens.hide("element", k): _value(compiled, k, v) for k, v in state.values.items()},
        "vars": {tokens.hide("element", k): _value(compiled, k, v) for k, v in state.vars.items()},
        "ended": state.ended,
        "said": said(play),
        "hinted": bool(last and last.action == "hint"),
        "refused": bool(last and not last.ok),
    }


def hint_screens(play: Play) -> list[str]:
    """Screens on which a hint may be asked; the hints themselves come one by one."""
    blocks = play.world.judgement.get("hints") or []
    return sorted({play.compiled.tokens.hide("screen", one) for block in blocks for one in block["screens"]})


def said(play: Play) -> str:
    """The sentence of the last act, as the screen shows it."""
    from assessments.items.simulation.screen_view import fill

    return fill(play.world, play.state, play.state.said)


def _value(compiled: Compiled, name: str, value: Any) -> Any:
    if isinstance(value, list) and name in compiled.world.vars:
        return [_row(compiled, name, row) for row in value]
    return _named(compiled, name, value)


def _named(compiled: Compiled, name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_named(compiled, name, one) for one in value]
    is_typed = compiled.world.inputs.get(name, {}).get("type") in TEXT_INPUTS
    if value is None or is_typed or not is_choice(compiled.world, name):
        return value
    return compiled.tokens.hide("option", value)


def _row(compiled: Compiled, name: str, row: dict[str, Any]) -> dict[str, Any]:
    sources = column_sources(compiled.world, name)
    return {
        compiled.tokens.hide("column", f"{name}/{column}"): _named(compiled, sources.get(column, ""), cell)
        for column, cell in row.items()
    }
