"""The hall kit: closed with a PIN, opened on a laptop, held without a route, brought home by file and by QR."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import subprocess
import sys
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.gatherings.act import Action, Conflict, act
from courses.gatherings.bundles.node_keys import private_key
from courses.gatherings.join import Joiner, JoinRefused, join, roster_of
from courses.gatherings.kit.make_kit import KitOrder, KitRefused, make_kit
from courses.gatherings.kit.open_kit import BadKit, open_kit
from courses.gatherings.kit.sealed_box import WrongPin, closed, opened
from courses.gatherings.kit.self_test import self_test
from courses.gatherings.models import Gathering, HallNode
from courses.gatherings.record_event import first_broken
from lms.accounts.api import Person
from lms.organisations.api import Membership, Role, RoleKind, Unit
from tests.gatherings.played_session import STEPS, cell_with, do, open_session, step
from tests.running_site import ROOT, RunningSite
from tests.site_services import Services

PIN = "40718825"


@pytest.fixture
def leader(db: None, settings: Any, tmp_path: Path) -> Person:
    settings.SIGNING_KEYS_DIR = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    unit = Unit.add_root(kind="party_cell", name="Chi bộ thôn Đồi Thông", slug="chi-bo")
    person = Person.objects.create_user("bithu", full_name="K'Brếp")
    Membership.objects.create(person=person, unit=unit)
    Role.objects.create(person=person, unit=unit, kind=RoleKind.CELL_SECRETARY)
    cell_with(unit, "Ka Hiền", "Lê Văn Hòa")
    return person


@pytest.fixture
def gathering(leader: Person) -> Gathering:
    return open_session(Unit.objects.get(), leader)


def order(*gatherings: Gathering, days: int = 7) -> KitOrder:
    return KitOrder(gatherings, "Máy hội trường", PIN, timezone.now() + dt.timedelta(days=days))


def forget(gathering: Gathering) -> None:
    """As on a laptop that has never seen any of this."""
    HallNode.objects.all().delete()
    gathering.delete()
    Role.objects.all().delete()
    Membership.objects.all().delete()
    Person.objects.all().delete()
    Unit.objects.all().delete()


def test_a_box_opens_with_its_pin_and_label_only() -> None:
    box = closed("Ka Hiền".encode(), PIN, b"label")
    assert opened(box, PIN, b"label") == "Ka Hiền".encode()
    for pin, label, content in (("40718826", b"label", box), (PIN, b"other", box), (PIN, b"label", box[:-1])):
        with pytest.raises(WrongPin):
            opened(content, pin, label)
    assert closed(b"", PIN, b"") != closed(b"", PIN, b"")


def test_a_kit_shows_no_name_no_key_and_no_right_answer(gathering: Gathering) -> None:
    kit = make_kit(order(gathering))
    with zipfile.ZipFile(io.BytesIO(kit)) as archive:
        assert {one.filename for one in archive.infolist()} == {"DOC-TRUOC.txt", "kit.json", "hall.box"}
        seen = b"".join(archive.read(name) for name in archive.namelist())
    for hidden in ("Ka Hiền", "Mã chỉ dành cho mình", PIN, "private_key"):
        assert hidden.encode() not in seen


def test_a_gathering_in_a_kit_is_held_on_the_laptop_only(gathering: Gathering) -> None:
    make_kit(order(gathering))
    with pytest.raises(Conflict, match="elsewhere"):
        do(gathering, "next")
    with pytest.raises(JoinRefused, match="elsewhere"):
        join(gathering, Joiner("guest", name="Khách"))
    with pytest.raises(KitRefused, match="elsewhere"):
        make_kit(order(gathering))


def test_a_kit_is_made_in_time_and_not_for_ever(gathering: Gathering) -> None:
    for days in (0, 61):
        with pytest.raises(KitRefused, match="expiry"):
            make_kit(order(gathering, days=days))
    with pytest.raises(KitRefused, match="none"):
        make_kit(order())
    do(gathering, "next")
    with pytest.raises(KitRefused, match="begun"):
        make_kit(order(gathering))
    assert not HallNode.objects.exists()


def test_the_laptop_goes_on_with_the_chain_of_the_province(gathering: Gathering) -> None:
    code, chain = gathering.code, gathering.last_hash
    kit = make_kit(order(gathering))
    forget(gathering)
    with pytest.raises(WrongPin):
        open_kit(kit, "00000000")
    kept = open_kit(kit, PIN)
    row = Gathering.objects.get()
    assert (row.code, row.last_hash, row.node, row.steps) == (code, chain, "", STEPS)
    assert {one.full_name for one in roster_of(row)} == {"K'Brếp", "Ka Hiền", "Lê Văn Hòa"}
    assert private_key(kept.node) is not None
    person = Person.objects.get(username="bithu")
    assert person.check_password(PIN)
    assert not person.is_superuser
    do(row, "next", "next", "open")
    assert first_broken(row) is None
    version = row.version
    assert open_kit(kit, PIN).gatherings[0].version == version  # opened again, nothing is lost
    assert all(check.passed for check in self_test(kept.node) if check.name not in ("network", "disk"))


def test_the_server_that_made_a_kit_does_not_open_it(gathering: Gathering) -> None:
    kit = make_kit(order(gathering))
    with pytest.raises(BadKit, match="own"):
        open_kit(kit, PIN)
    assert Gathering.objects.get().node


def repacked(kit: bytes, **members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(kit)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, members.get(name, source.read(name)))
    return made.getvalue()


def test_pictures_travel_and_a_changed_kit_is_refused(leader: Person) -> None:
    name = default_storage.save("images/hall.svg", ContentFile(b"<svg/>"))
    shown = [step("picture", "Hình", {"src": default_storage.url(name), "alt": "", "caption": ""}), *STEPS]
    gathering = open_session(Unit.objects.get(), leader)
    Gathering.objects.filter(pk=gathering.pk).update(steps=shown)
    kit = make_kit(order(Gathering.objects.get()))
    forget(gathering)
    shutil.rmtree(Path(default_storage.location) / "images")  # type: ignore[attr-defined]
    with pytest.raises(BadKit, match="altered"):
        open_kit(repacked(kit, **{f"media/{name}": b"<svg>other</svg>"}), PIN)
    with zipfile.ZipFile(io.BytesIO(kit)) as archive:
        label = json.loads(archive.read("kit.json")) | {"expires_at": "2999-01-01T00:00:00+00:00"}
    with pytest.raises(WrongPin):
        open_kit(repacked(kit, **{"kit.json": json.dumps(label).encode()}), PIN)
    for junk in (b"", b"PK\x03\x04", repacked(kit)[:200]):
        with pytest.raises(BadKit, match="not_a_kit"):
            open_kit(junk, PIN)
    open_kit(kit, PIN)
    assert default_storage.open(name).read() == b"<svg/>"


def test_an_expired_kit_is_not_opened(gathering: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = make_kit(order(gathering, days=1))
    forget(gathering)
    later = timezone.now() + dt.timedelta(days=2)
    monkeypatch.setattr("courses.gatherings.kit.open_kit.timezone.now", lambda: later)
    with pytest.raises(BadKit, match="expired"):
        open_kit(kit, PIN)


def test_pages_make_and_take_in(client: Client, gathering: Gathering, leader: Person) -> None:
    client.force_login(leader)
    address = reverse("gatherings:kit_make", args=[gathering.uuid])
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "Máy", "days": "90", "pin": "1"}).status_code == 400
    made = client.post(address, {"name": "Máy", "days": "5", "pin": PIN})
    assert made.status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(made.content))
    assert client.post(address, {"name": "Máy", "days": "5", "pin": PIN}).status_code == 400
    take_in = reverse("gatherings:kit_take_in")
    assert client.get(take_in).status_code == 200
    for letters in ("", "ABC", "Đ", "A" * 5_999):
        assert client.post(take_in, {"letters": letters}).status_code == 400
    assert client.get(reverse("gatherings:kit_self_test")).status_code == 200
    assert client.get(reverse("gatherings:kit_carry_home", args=[gathering.uuid])).status_code == 200
    assert client.get(reverse("gatherings:kit_bundle", args=[gathering.uuid])).status_code == 404


def test_a_lost_laptop_is_recalled_and_a_late_one_gets_more_time(gathering: Gathering) -> None:
    make_kit(order(gathering, days=1))
    name = str(gathering.uuid)
    call_command("gathering_kit", name, "--extend", "--days", "30")
    node = HallNode.objects.get()
    assert node.expires_at > timezone.now() + dt.timedelta(days=29)
    with pytest.raises(CommandError, match="expiry"):
        call_command("gathering_kit", name, "--extend", "--days", "61")
    call_command("gathering_kit", name, "--recall")
    node.refresh_from_db()
    assert node.revoked_at
    do(gathering, "next")
    with pytest.raises(CommandError, match="none"):
        call_command("gathering_kit", name, "--recall")
    with pytest.raises(CommandError, match="no such gathering"):
        call_command("gathering_kit", "không-có")


def test_a_known_act_is_answered_the_same_after_the_kit_left(gathering: Gathering) -> None:
    action = Action(gathering.version, "next", uuid.uuid4())
    make_kit(order(gathering))
    with pytest.raises(Conflict) as refused:
        act(gathering, None, action)
    assert refused.value.reason == "elsewhere"


def namespace() -> list[str]:
    """A network of its own with loopback only; nothing where the machine forbids it (then said in the log)."""
    inside = ["unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "hall"]
    tried = shutil.which("unshare") and subprocess.run([*inside, "true"], capture_output=True).returncode == 0
    return inside if tried else []


def plain(value: Any) -> Any:
    """SQLite and PostgreSQL hand out JSON and truth in their own ways."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return json.loads(value)
    return int(value) if isinstance(value, bool) else value


ANSWERS = """
select s.number, x.position, x.round, x.value, x.evidence_class, x.correct, x.via
from gatherings_hallanswer x join gatherings_seat s on s.id = x.seat_id
join gatherings_gathering g on g.id = x.gathering_id where g.uuid in ('{}', '{}') order by 1, 2, 3"""
HANDS = """
select x.position, x.counts from gatherings_handcount x
join gatherings_gathering g on g.id = x.gathering_id where g.uuid in ('{}', '{}')"""
SEATS = """
select x.number, x.kind, x.card from gatherings_seat x
join gatherings_gathering g on g.id = x.gathering_id where g.uuid in ('{}', '{}') order by 1"""


def figures(site: RunningSite, gathering: str) -> list[Any]:
    names = (gathering.replace("-", ""), gathering)
    found = [site.rows(query.format(*names)) for query in (ANSWERS, HANDS, SEATS)]
    return [[[plain(cell) for cell in row] for row in rows] for rows in found]


def test_a_session_without_a_route_comes_home_by_file_and_by_qr(site: RunningSite, tmp_path: Path) -> None:
    demo = json.loads(site.manage("demo_gathering"))
    kit = tmp_path / "kit.zip"
    told = json.loads(site.manage("gathering_kit", demo["id"], "--out", str(kit), "--pin", PIN))
    assert told["pin"] == PIN
    # A laptop has SQLite, whatever the province has.
    laptop = RunningSite(tmp_path / "laptop", services=Services())
    laptop.prepare()
    inside = namespace()
    script = [sys.executable, "-m", "tests.gatherings.hall_without_internet"]
    out = tmp_path / "out.json"
    run = [*inside, *script, str(laptop.folder), str(kit), PIN, str(out)]
    held = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    assert held.returncode == 0, held.stderr[-5000:]
    found = json.loads(out.read_text())
    if inside:
        assert not found["has_route"]
    else:
        print("no network namespace on this machine: the session ran on loopback")
    assert "/b/" in found["said"]
    assert "Wi-Fi" in found["said"]
    assert found["gathering"] == demo["id"]
    at_hall = figures(laptop, demo["id"])
    assert len(at_hall[0]) == 6

    by_qr = tmp_path / "letters.txt"
    by_qr.write_text(found["letters"])
    added = json.loads(site.manage("import_bundle", str(by_qr)))["added"]
    assert (added["seats"], added["answers"], added["hand_counts"]) == (5, 6, 1)
    assert figures(site, demo["id"]) == at_hall
    by_file = tmp_path / "results.hall"
    by_file.write_bytes(bytes.fromhex(found["file"]))
    again = json.loads(site.manage("import_bundle", str(by_file)))
    assert (again["added"]["answers"], again["conflicts"]) == (0, [])
    assert json.loads(site.manage("import_bundle", str(by_file)))["repeated"]
    assert figures(site, demo["id"]) == at_hall
    spoiled = bytearray(by_file.read_bytes())
    spoiled[-9] ^= 4
    by_file.write_bytes(spoiled)
    with pytest.raises(RuntimeError, match="altered"):
        site.manage("import_bundle", str(by_file))
