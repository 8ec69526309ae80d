"""The gathering's own clock: it never runs back, whatever the laptop's calendar says.

Within one start of the machine the monotonic clock counts. Across a restart only the calendar is left; a gap that no
restart explains counts as nothing, so order stays right and durations are never a day too long.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from courses.gatherings.models import Gathering

LONGEST_RESTART = timedelta(hours=2)
_BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Moment:
    boot: str
    monotonic_ms: int
    at: datetime


def _boot_name() -> str:
    """The same for every process since the machine started; elsewhere than on Linux, for this process."""
    try:
        return _BOOT_FILE.read_text().strip()
    except OSError:
        return str(uuid.uuid4())


_BOOT = _boot_name()


def moment() -> Moment:
    return Moment(_BOOT, time.monotonic_ns() // 1_000_000, timezone.now())


def elapsed_ms(gathering: Gathering, now: Moment) -> int:
    """Milliseconds since the gathering began."""
    if gathering.clock_boot == now.boot:
        return gathering.clock_ms + max(0, now.monotonic_ms - gathering.clock_monotonic_ms)
    gap = now.at - gathering.clock_at
    if not timedelta() <= gap <= LONGEST_RESTART:
        return gathering.clock_ms
    return gathering.clock_ms + gap // timedelta(milliseconds=1)


def set_clock(gathering: Gathering, now: Moment) -> int:
    """Move the kept clock on; the caller saves ``CLOCK_FIELDS``."""
    gathering.clock_ms = elapsed_ms(gathering, now)
    gathering.clock_boot, gathering.clock_monotonic_ms, gathering.clock_at = (
        now.boot,
        now.monotonic_ms,
        now.at,
    )
    return gathering.clock_ms


CLOCK_FIELDS = ("clock_ms", "clock_boot", "clock_monotonic_ms", "clock_at")
