"""Keep a play as the solution of its task, or as a wrong way with the points that it earned: a new version."""

from __future__ import annotations

from typing import Any

from assessments.items.models import ItemVersion
from assessments.items.save_version import save_version
from assessments.items.simulation.play import resume
from assessments.items.simulation.recorded import path_of
from lms.accounts.api import Person


def record_path(version: ItemVersion, seed: int, rows: list[Any], person: Person, wrong: str = "") -> None:
    """``wrong`` names the wrong way; without it the play becomes the solution."""
    play = resume(version.content["simulation"], seed, rows)
    task = version.content["simulation"]
    recorded = dict(task["recorded"])
    if wrong:
        result = play.result
        recorded["wrong"] = [
            *recorded.get("wrong", []),
            {
                "name": wrong[:120],
                "path": path_of(play.state),
                "points": float(result.points),
                "critical": [error.id for error in result.critical],
            },
        ]
    else:
        recorded["solution"] = path_of(play.state)
    content = {**version.content, "simulation": {**task, "recorded": recorded}}
    save_version(version.item, content, person, f"recorded by doing it: {wrong or 'solution'}"[:300])
