"""How much of anything is taken. All sizes are of what was really unpacked, never of what headers claim."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults fit the machine of a commune; raise them only where memory and disk allow."""

    archive_bytes: int = 64 * MEGABYTE
    file_bytes: int = 16 * MEGABYTE
    total_bytes: int = 64 * MEGABYTE
    entries: int = 2_000
    ratio: int = 100
    ratio_free_bytes: int = MEGABYTE  # small files compress by any ratio: that harms nobody
    path_characters: int = 200
    path_depth: int = 16
    json_bytes: int = 2 * MEGABYTE
    json_depth: int = 64
    json_values: int = 100_000  # two megabytes of empty lists would be fifty in memory
    dependencies: int = 500  # of one library
