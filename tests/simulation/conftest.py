"""The starter tasks, read once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "assessments" / "items" / "starter" / "tasks"
TASKS: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}


def variants(task: dict[str, Any]) -> range:
    return range(len(task.get("variants") or [{}]))


@pytest.fixture(params=TASKS)
def task(request: pytest.FixtureRequest) -> dict[str, Any]:
    return TASKS[request.param]
