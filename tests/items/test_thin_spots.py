"""What the blueprint asks for and what is there."""

from __future__ import annotations

from typing import Any

from django.test import Client

from assessments.items.thin_spots import Stock, rows_of
from tests.items.test_item_bank import editor
from tests.sittings.conftest import choice_item, load

__all__ = ["editor", "load"]
BLUEPRINT = {"VID-3": {"1": ["CH"], "2": ["CH", "CH", "SG"]}}


def test_only_pilot_and_live_items_fill_a_place() -> None:
    stock = [
        Stock("VID-3", 2, "CH", "live", 1),
        Stock("VID-3", 2, "CH", "draft", 3),
        Stock("VID-3", 2, "SG", "pilot", 2),
        Stock("VID-3", 2, "TF", "live", 1),
        Stock("VID-3", 1, "CH", "retired", 5),
        Stock("VID-4", 1, "CH", "live", 1),
    ]
    (row,) = rows_of(BLUEPRINT, stock)
    assert (row.wanted, row.missing) == (4, 2)
    second = {
        need.letters: (need.wanted, need.in_use, need.on_the_way, need.missing) for need in row.cells[1].needs
    }
    assert second == {"CH": (2, 1, 3, 1), "SG": (1, 2, 0, 0), "TF": (0, 1, 0, 0)}
    assert row.cells[0].missing == 1
    assert [need.missing for need in row.cells[2].needs] == []


def test_the_report_links_to_the_list_and_to_a_new_item(editor: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    page = editor.get("/quan-tri/reports/cho-mong/")
    assert page.status_code == 200
    text = page.content.decode()
    assert f"difficulty=2&amp;outcome={item.outcome_id}&amp;kind=choice" in text
    new = f"/quan-tri/cau-hoi/new/?difficulty=2&outcome={item.outcome_id}&kieu=sort_groups"
    assert new.replace("&", "&amp;") in text
    form = editor.get(new).context["form"]
    assert str(form["outcome"].value()) == str(item.outcome_id)
    assert str(form["difficulty"].value()) == "2"
