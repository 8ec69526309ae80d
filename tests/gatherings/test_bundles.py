"""Results on their way home: signed, bounded, once, and the same by file and by QR."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses.gatherings.bundles.content import read_content
from courses.gatherings.bundles.export_bundle import bundle_content, export_bundle
from courses.gatherings.bundles.import_bundle import import_bundle
from courses.gatherings.bundles.import_relay import import_relay
from courses.gatherings.bundles.make_relay import relay_text
from courses.gatherings.bundles.node_keys import keep_private, private_key, public_text
from courses.gatherings.bundles.sealed import (
    FILE_MARK,
    QR_MARK,
    BadBundle,
    canonical,
    packed,
    seal,
)
from courses.gatherings.evidence_mix import counts_of, evidence_mix, mix_of_round
from courses.gatherings.models import Gathering, HallAnswer, HallNode, HandCount, ImportedBundle, Seat
from courses.gatherings.record_event import append_event, first_broken
from lms.accounts.api import Person
from lms.organisations.api import Unit
from tests.gatherings.played_session import cell_with, open_session, play

KEY = Ed25519PrivateKey.generate()


@dataclasses.dataclass
class Hall:
    """A gathering that was held on a laptop, and the state of the province before anything came home."""

    gathering: Gathering
    node: HallNode
    before: dict[str, Any]

    def forget_everything(self) -> None:
        """Back to the province's side: what it knew when the kit was made."""
        for rows in ("seats", "answers", "hand_counts", "ballots", "bundles"):
            getattr(self.gathering, rows).all().delete()
        self.gathering.live_events.filter(number__gt=self.before["events"]).delete()
        Gathering.objects.filter(pk=self.gathering.pk).update(**self.before)
        self.gathering.refresh_from_db()


@pytest.fixture
def hall(db: None, settings: Any, tmp_path: Any) -> Hall:
    settings.SIGNING_KEYS_DIR = tmp_path
    unit = Unit.add_root(kind="party_cell", name="Chi bộ thôn Đồi Thông", slug="chi-bo")
    people = cell_with(unit, "Ka Hiền", "Lê Văn Hòa", "Nguyễn Văn Bình")
    gathering = open_session(unit, None)
    fields = (
        "phase",
        "position",
        "round",
        "progress",
        "version",
        "head_count",
        "ended_at",
        "events",
        "last_hash",
    )
    before = {name: getattr(gathering, name) for name in fields}
    node = HallNode.objects.create(
        name="Máy hội trường",
        public_key=public_text(KEY),
        roster=[str(one.uuid) for one in people],
        expires_at=timezone.now() + dt.timedelta(days=7),
    )
    node.gatherings.add(gathering)
    keep_private(node, KEY)
    play(gathering, people)
    return Hall(Gathering.objects.get(pk=gathering.pk), node, before)


def figures(gathering: Gathering) -> dict[str, Any]:
    gathering = Gathering.objects.get(pk=gathering.pk)
    rounds = [(2, 1), (2, 2), (4, 1)]
    return {
        "mix": evidence_mix(gathering),
        "counts": [counts_of(gathering, *one) for one in rounds],
        "classes": [mix_of_round(gathering, *one) for one in rounds],
        "right": list(
            gathering.answers.order_by("seat__number", "position", "round").values_list("correct", flat=True)
        ),
        "people": list(gathering.seats.order_by("number").values_list("person", "card")),
    }


def test_by_file_and_by_qr_the_figures_are_the_same(hall: Hall) -> None:
    file, text, held = export_bundle(hall.gathering), relay_text(hall.gathering), figures(hall.gathering)
    assert held["mix"] == {"present": 3, "A": 2, "B": 1, "C": 2, "D": 5}
    hall.forget_everything()
    report = import_bundle(file)
    assert (report.added["seats"], report.added["answers"], report.added["hand_counts"]) == (3, 8, 1)
    assert figures(hall.gathering) == held
    assert first_broken(Gathering.objects.get(pk=hall.gathering.pk)) is None
    hall.forget_everything()
    report = import_relay(text.lower() + "\n")
    assert report.added["answers"] == 8
    assert figures(hall.gathering) == held
    later = import_bundle(file)  # the file after the QR brings the chain and doubles nothing
    assert (later.added["answers"], later.conflicts) == (0, [])
    assert figures(hall.gathering) == held
    assert first_broken(Gathering.objects.get(pk=hall.gathering.pk)) is None


def test_the_same_bundle_twice_is_once(hall: Hall) -> None:
    file = export_bundle(hall.gathering)
    assert file == export_bundle(hall.gathering)
    hall.forget_everything()
    first, again = import_bundle(file), import_bundle(file)
    assert (first.repeated, again.repeated, again.added) == (False, True, first.added)
    assert ImportedBundle.objects.count() == 1
    assert HallAnswer.objects.count() == 8


def rewritten(hall: Hall, **changes: Any) -> bytes:
    """Signed with the true key, but saying something else."""
    content = bundle_content(hall.gathering) | changes
    return seal(FILE_MARK, hall.node.uuid, KEY, packed(content))


def refusal(sealed: bytes) -> str:
    before = (Seat.objects.count(), HallAnswer.objects.count(), HandCount.objects.count())
    with pytest.raises(BadBundle) as refused:
        import_bundle(sealed)
    assert (Seat.objects.count(), HallAnswer.objects.count(), HandCount.objects.count()) == before
    return refused.value.code


def test_what_is_refused_leaves_nothing_behind(hall: Hall) -> None:
    file = export_bundle(hall.gathering)
    content = bundle_content(hall.gathering)
    events = content["events"]
    broken = [*events[:3], {**events[3], "data": {"position": 9}}, *events[4:]]
    answers = content["answers"]
    cases = {
        "broken_chain": [
            rewritten(hall, events=broken),
            rewritten(hall, events=[*events[:2], *events[3:]]),
            rewritten(hall, events=[]),
        ],
        "wrong_plan": [rewritten(hall, steps_sha256="0" * 64)],
        "wrong_scope": [rewritten(hall, gathering=str(uuid.uuid4()))],
        "malformed": [
            rewritten(hall, answers=[{**answers[0], "seat": 99}]),
            rewritten(hall, answers=[answers[0], answers[0]]),
            rewritten(hall, answers=[{**answers[0], "value": ["Z"]}]),
            rewritten(hall, answers=[{**answers[2], "evidence_class": "A", "via": "card"}]),
            rewritten(hall, answers="x"),
            rewritten(hall, stage={}),
            rewritten(hall, minutes={"form": "x", "details": {}}),
        ],
        "not_a_bundle": [b"", b"PK\x03\x04", file[:40], seal(QR_MARK, hall.node.uuid, KEY, b"x")],
        "altered": [file[:-1] + bytes([file[-1] ^ 1])],
        "foreign_key": [seal(FILE_MARK, uuid.uuid4(), KEY, packed(content))],
    }
    hall.forget_everything()
    for code, files in cases.items():
        for sealed in files:
            assert refusal(sealed) == code
    hall.node.expires_at = timezone.now() - dt.timedelta(minutes=1)
    hall.node.save()
    assert refusal(file) == "expired"
    hall.node.expires_at, hall.node.revoked_at = timezone.now() + dt.timedelta(days=1), timezone.now()
    hall.node.save()
    assert refusal(file) == "revoked"


def test_somebody_outside_the_roster_is_out_of_scope(hall: Hall) -> None:
    stranger = Person.objects.create_user("la", full_name="Người Lạ")
    rows = bundle_content(hall.gathering)["seats"]
    sealed = rewritten(hall, seats=[{**rows[0], "person": str(stranger.uuid)}, *rows[1:]])
    hall.forget_everything()
    assert refusal(sealed) == "wrong_scope"


def test_a_chain_that_went_on_at_home_is_forked(hall: Hall) -> None:
    file = export_bundle(hall.gathering)
    hall.forget_everything()
    append_event(hall.gathering, "joined", {"seat": 1})
    assert refusal(file) == "forked"


def test_other_values_are_shown_and_what_is_here_stays(hall: Hall) -> None:
    file = export_bundle(hall.gathering)
    answer = HallAnswer.objects.get(position=2, round=1, seat__number=1)
    HallAnswer.objects.filter(pk=answer.pk).update(value=["A"])
    report = import_bundle(file)
    assert report.conflicts == [{"seat": 1, "position": 2, "round": 1, "kept": ["A"], "brought": ["B"]}]
    answer.refresh_from_db()
    assert answer.value == ["A"]


def test_an_earlier_bundle_after_a_later_one_takes_nothing_back(hall: Hall) -> None:
    content = bundle_content(hall.gathering)
    early = rewritten(hall, events=content["events"][:6], answers=content["answers"][:2])
    late = export_bundle(hall.gathering)
    hall.forget_everything()
    import_bundle(late)
    held = figures(hall.gathering)
    assert import_bundle(early).added["answers"] == 0
    assert figures(hall.gathering) == held
    assert Gathering.objects.get(pk=hall.gathering.pk).phase == "ended"


SEAT = {
    "number": 1,
    "uuid": str(uuid.UUID(int=2)),
    "kind": "guest",
    "person": None,
    "card": None,
    "name": "x",
    "own_phone": True,
    "joined_ms": 0,
}
GOOD = {
    "format": 1,
    "gathering": str(uuid.UUID(int=1)),
    "steps_sha256": "0" * 64,
    "stage": {
        "phase": "ended",
        "position": 1,
        "round": 1,
        "version": 2,
        "progress": {},
        "head_count": None,
        "ended_at": None,
    },
    "events": [],
    "seats": [SEAT],
    "answers": [],
    "ballots": [],
    "hand_counts": [],
    "minutes": None,
}
odd = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.lists(st.integers())


@given(st.sampled_from(sorted(GOOD)), st.sampled_from(sorted(SEAT)), odd)
def test_no_content_makes_the_reader_stumble(part: str, cell: str, value: Any) -> None:
    """Any value in any place is read or refused, never an error."""
    assert read_content(GOOD).seats[0].name == "x"
    for content in ({**GOOD, part: value}, {**GOOD, "seats": [{**SEAT, cell: value}]}):
        try:
            read_content(content)
        except BadBundle:
            continue


def test_the_private_key_is_for_its_owner_only(hall: Hall, settings: Any) -> None:
    (file,) = (settings.SIGNING_KEYS_DIR / "halls").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert private_key(hall.node) is not None
    assert canonical({"b": 1, "a": "đ"}) == '{"a":"đ","b":1}'.encode()
