"""The steps of a gathering, read once per process: they never change and are the heavy part of the row."""

from __future__ import annotations

import uuid
from functools import lru_cache
from typing import Any

from courses.gatherings.models import Gathering


@lru_cache(maxsize=256)
def frozen_steps_of(gathering_uuid: uuid.UUID) -> list[dict[str, Any]]:
    """Read only: shared by all who ask. Every gathering is opened with its steps."""
    return Gathering.objects.values_list("steps", flat=True).get(uuid=gathering_uuid)


def light(**which: Any) -> Gathering | None:
    """The newest such gathering, without reading its steps again."""
    row = Gathering.objects.defer("steps").filter(**which).order_by("-pk").first()
    if row is not None:
        row.steps = frozen_steps_of(row.uuid)
    return row
