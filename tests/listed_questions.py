"""An assessment of ten listed questions, one of each kind that needs no acting: every run walks the same way."""

from __future__ import annotations

from tests.running_site import RunningSite

LISTED = [
    "VID-1-CH-001", "VID-2-OR-001", "VID-3-SG-001", "VID-4-TF-001", "VID-8-CV-001", "VID-5-MA-001", "VID-6-FI-001",
    "VID-8-HS-001", "VID-8-TR-001", "VID-10-MC-001",
]  # fmt: skip
_LIST_THEM = (
    "from assessments.sittings.api import Blueprint;"
    f"Blueprint.objects.filter(slug='vneid').update(selection='fixed', fixed_items={LISTED})"
)


def list_questions(site: RunningSite) -> None:
    """Draws are tested with the sittings, simulated tasks in ``tests/browser/test_simulated_tasks.py``."""
    site.manage("shell", "-c", _LIST_THEM)
