"""Where the tile of a commune, ward or special zone stands on the map of the province; drawn by hand, roughly north
above south. A unit that is not on it makes the whole group a plain list of tiles."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).parent / "data" / "tile_map.csv"


class Place(NamedTuple):
    row: int
    column: int


@cache
def places() -> dict[str, Place]:
    """By the slug of the unit."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {line["slug"]: Place(int(line["row"]), int(line["column"])) for line in csv.DictReader(lines)}
