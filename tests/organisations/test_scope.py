"""Nobody sees a person outside their units, whatever the tree, the memberships and the roles look like."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.accounts.api import Person, erase_person
from lms.organisations.api import (
    Membership,
    Role,
    RoleKind,
    Unit,
    UnitKind,
    has_role,
    people_visible_to,
    units_visible_to,
)
from tests.organisations.conftest import member

DAY = dt.timedelta(days=1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_seen_is_exactly_what_lies_at_or_below_a_current_role(db: None, data: st.DataObject) -> None:
    """Against a plain walk up the tree, without paths or queries."""
    Membership.objects.all().delete()
    Role.objects.all().delete()
    Unit.objects.all().delete()
    Person.objects.all().delete()
    units: list[Unit] = []
    parents: dict[int, int | None] = {}
    for number in range(data.draw(st.integers(1, 9))):
        fields = {"kind": UnitKind.HAMLET, "name": f"Thôn {number}", "slug": f"thon-{number}"}
        above = data.draw(st.sampled_from([None, *units])) if units else None
        add = Unit.objects.get(pk=above.pk).add_child if above else Unit.add_root
        unit = add(**fields)
        units.append(unit)
        parents[unit.pk] = above.pk if above else None
    when = st.sampled_from([None, -5, -1, 0, 1])
    today = timezone.localdate()
    looker = Person.objects.create_user("looker")
    kinds = st.sampled_from([RoleKind.FACILITATOR, RoleKind.CELL_SECRETARY, RoleKind.COMMITTEE])
    covered: set[int] = set()
    for _role in range(data.draw(st.integers(0, 3))):
        unit, kind, end = data.draw(st.sampled_from(units)), data.draw(kinds), data.draw(when)
        valid_to = None if end is None else today + end * DAY
        Role.objects.create(
            person=looker, unit=unit, kind=kind, valid_to=valid_to, valid_from=today - 9 * DAY
        )
        if kind == RoleKind.FACILITATOR and (valid_to is None or valid_to >= today):
            covered.add(unit.pk)
    expected: set[int] = set()
    for number in range(data.draw(st.integers(0, 6))):
        person = Person.objects.create_user(f"p{number}")
        unit, end = data.draw(st.sampled_from(units)), data.draw(when)
        valid_to = None if end is None else today + end * DAY
        Membership.objects.create(person=person, unit=unit, valid_to=valid_to, valid_from=today - 9 * DAY)
        if (valid_to is None or valid_to >= today) and _above(unit.pk, parents) & covered:
            expected.add(person.pk)
    assert set(people_visible_to(looker, RoleKind.FACILITATOR).values_list("pk", flat=True)) == expected
    seen = set(units_visible_to(looker, RoleKind.FACILITATOR).values_list("pk", flat=True))
    assert seen == {unit.pk for unit in units if _above(unit.pk, parents) & covered}


def _above(pk: int | None, parents: dict[int, int | None]) -> set[int]:
    found = set()
    while pk is not None:
        found.add(pk)
        pk = parents[pk]
    return found


def test_superusers_see_all_and_strangers_nothing(units: dict[str, Unit]) -> None:
    person = member(units["xa-di-linh"], "Ka Hiền")
    chief = Person.objects.create_superuser("chief")
    assert person in people_visible_to(chief)
    assert units_visible_to(chief).count() == len(units)
    assert not people_visible_to(AnonymousUser()).exists()
    assert not units_visible_to(AnonymousUser()).exists()
    assert not has_role(AnonymousUser(), RoleKind.EDITOR)


def test_the_erased_are_seen_by_nobody(units: dict[str, Unit], facilitator: Person) -> None:
    person = member(units["xa-di-linh"], "Ka Hiền")
    erase_person(person)
    assert person not in people_visible_to(facilitator, RoleKind.FACILITATOR)
    assert person not in people_visible_to(Person.objects.create_superuser("chief"))


def test_facilitators_of_a_commune_do_not_see_party_cells(
    units: dict[str, Unit], facilitator: Person
) -> None:
    """Party membership is sensitive: cells stand beside communes in the tree, not below them."""
    kinds = set(units_visible_to(facilitator, RoleKind.FACILITATOR).values_list("kind", flat=True))
    assert kinds == {UnitKind.COMMUNE, UnitKind.HAMLET}


@pytest.mark.parametrize("page", ["", "them/", "nhap/", "the/"])
def test_pages_of_other_units_are_not_there(roster: Client, units: dict[str, Unit], page: str) -> None:
    mine, other = units["xa-di-linh-thon-doi-thong"], units["xa-dak-mil"]
    assert roster.get(f"/don-vi/{mine.uuid}/{page}").status_code == 200
    assert roster.get(f"/don-vi/{other.uuid}/{page}").status_code == 404
    assert roster.get(f"/don-vi/{units['tinh-lam-dong'].uuid}/{page}").status_code == 404
    assert roster.get(f"/don-vi/khong-phai-uuid/{page}").status_code == 404


@pytest.mark.parametrize("kind", [RoleKind.HR_OFFICER, RoleKind.COMMITTEE, RoleKind.EDITOR, None])
def test_other_roles_do_not_see_the_roster(client: Client, units: dict[str, Unit], kind: str | None) -> None:
    person = Person.objects.create_user("khac", is_demo=True)
    if kind:
        Role.objects.create(person=person, unit=units["tinh-lam-dong"], kind=kind)
    client.force_login(person)
    assert client.get("/don-vi/").status_code == 403


def test_strangers_are_sent_to_sign_in(client: Client, units: dict[str, Unit]) -> None:
    assert client.get("/don-vi/")["Location"] == "/tai-khoan/login/?next=/don-vi/"


def test_cards_of_others_cannot_be_made_or_withdrawn(roster: Client, units: dict[str, Unit]) -> None:
    stranger = member(units["xa-dak-mil"], "Người Xa")
    mine = units["xa-di-linh"]
    made = roster.post(
        f"/don-vi/{mine.uuid}/the/",
        {"person": str(stranger.uuid), "cards_uuid": "0e9f2b52-8c0a-4b0e-9f3e-4b7a3f4b0c11"},
    )
    assert made.status_code == 400
    assert roster.post(f"/don-vi/{mine.uuid}/the/thu-hoi/", {"person": str(stranger.uuid)}).status_code == 400
    assert not stranger.cards.exists()
