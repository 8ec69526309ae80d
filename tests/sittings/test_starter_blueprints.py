"""The assessments of the starter content: the extra groups too can be listed, drawn and practised."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessments.items.api import draw
from assessments.items.kinds import KINDS
from assessments.items.load_outcomes import load_outcomes
from assessments.items.load_starter import STARTER, load_items
from assessments.items.models import ItemState
from assessments.sittings.api import load_starter_blueprints
from assessments.sittings.models import Blueprint, Purpose

GROUPS = ["cb", "sv", "ld"]
pytestmark = pytest.mark.django_db


def load_groups() -> None:
    report = load_items([STARTER / f"{group}.yaml" for group in GROUPS])
    assert report.problems == []


def test_each_group_has_a_scored_assessment_and_its_practice_twin() -> None:
    load_outcomes()
    load_starter_blueprints()
    for group in GROUPS:
        scored, practice = Blueprint.objects.filter(parts__0__skill=group).order_by("position")
        assert (scored.purpose, practice.purpose) == (Purpose.SCORED, Purpose.PRACTICE)
        assert practice.slug == f"luyen-tap-{scored.slug}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ten_live_items_of_a_group_are_drawn_by_the_rules(seed: int) -> None:
    load_groups()
    for group in GROUPS:
        items = [version.item for version in draw([{"skill": group, "count": 10}], seed)]
        assert len(items) == 10
        assert all(item.state == ItemState.LIVE and item.skill.code == group for item in items)
        assert sum(KINDS[item.kind].practical for item in items) >= 4
        assert max([item.outcome_id for item in items].count(item.outcome_id) for item in items) <= 2
        codes = {item.code for item in items}
        assert not any(codes & set(item.enemies) for item in items)


def test_the_list_shows_the_groups_to_a_visitor(client: Client) -> None:
    load_outcomes()
    load_starter_blueprints()
    page = client.get(reverse("sittings:list")).content.decode()
    for slug in ("can-bo-so", "hoc-sinh-so", "lao-dong-so"):
        assert reverse("sittings:assessment", args=[slug]) in page
