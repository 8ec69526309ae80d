"""Pictures of a task by their keyed name: a drawing of ours, or a QR code drawn from its training payload."""

from __future__ import annotations

import io
from pathlib import Path

import segno

from assessments.items.simulation.compile_public import QR_PICTURE, Compiled

DRAWINGS = Path(__file__).resolve().parents[1] / "starter" / "task_pictures"


def drawing_names() -> list[str]:
    return sorted(path.name for path in DRAWINGS.glob("*.svg"))


def picture(compiled: Compiled, token: str) -> bytes | None:
    """SVG, or None for a name of another sitting."""
    source = compiled.pictures.get(token)
    if source is None:
        return None
    if source.startswith(QR_PICTURE):
        return qr_code(source.removeprefix(QR_PICTURE))
    return (DRAWINGS / source).read_bytes() if source in drawing_names() else None


def qr_code(payload: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(payload, error="m").save(drawn, kind="svg", scale=4, border=3, light="#fff", xmldecl=False)
    return drawn.getvalue()
