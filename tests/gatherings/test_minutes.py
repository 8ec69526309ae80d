"""Minutes: what the log knows, what the secretary types, two papers with one content, frozen when signed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import re
import zipfile

import pytest
from defusedxml import ElementTree as ET
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from courses.gatherings.minutes import record as parts
from courses.gatherings.minutes.collect_log import collect_log
from courses.gatherings.minutes.keep_minutes import (
    MinutesRefused,
    hand_in,
    minutes_of,
    papers_of,
    record_of,
    save_draft,
    sign,
)
from courses.gatherings.minutes.paper_forms import paper_forms
from courses.gatherings.minutes.record import Absent, Details, Figure, Log, Opinion, Record, Task, Vote
from courses.gatherings.minutes.render_docx import minutes_docx
from courses.gatherings.minutes.render_pdf import minutes_pdf
from courses.gatherings.minutes.scoring import scoring_sheet
from courses.gatherings.minutes.stored import (
    PROVINCE_TIME,
    details_from_json,
    details_to_json,
    record_from_json,
    record_to_json,
)
from courses.gatherings.minutes.wording import CLASS, PARTY, long_date, paper
from courses.gatherings.models import Gathering, Minutes
from lms.accounts.api import Person
from lms.organisations.api import Membership, Role, RoleKind, Unit, load_units
from tests.gatherings.played_session import cell_with, do, open_session, play

BEGAN = dt.datetime(2026, 2, 5, 14, 0, tzinfo=PROVINCE_TIME)
SAID = Details(
    number="05",
    place="Nhà văn hóa thôn Đồi Thông, xã Di Linh",
    chair="K'Brếp",
    chair_title="Bí thư chi bộ",
    secretary="Trần Thị Lan",
    members_full=9,
    members_probationary=1,
    present_full=8,
    present_probationary=0,
    absent=(Absent("Nguyễn Văn Bình", "ốm"), Absent("Lê Thị Hoa")),
    opinions=(Opinion("Ka Hiền", "Mỗi lần một việc"), Opinion("ka hiền", "Nói chậm <hơn> & rõ")),
    conclusions="Mỗi đảng viên kèm một hộ.\nThứ Năm có buổi thực hành",
    tasks=(Task("Lập danh sách hộ", "Trần Thị Lan", dt.date(2026, 2, 12)), Task("Mượn máy", "K'Brếp")),
    read_back=True,
    agreed=8,
    recipients="Đảng ủy xã Di Linh\nLưu Chi bộ",
)
LOG = Log(
    title="Đảng viên tiên phong",
    theme="",
    unit="Chi bộ thôn Đồi Thông",
    upper_unit="Đảng bộ xã Di Linh",
    facilitator="K'Brếp",
    started_at=BEGAN,
    seconds=5_700,
    present=8,
    steps=("Vì sao",),
    questions=(parts.Question(1, 1, "Làm gì?", {"A": Figure(2, 1), "D": Figure(5, 3)}),),
    votes=(Vote("Kèm một hộ", 7, 1, 0),),
    log_hash="ab" * 32,
)


def words_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join("".join(run.text or "" for run in p.iter(f"{space}t")) for p in root.iter(f"{space}p"))


@pytest.fixture
def cell(db: None) -> Unit:
    return load_units()["dang-bo-xa-di-linh-chi-bo-thon-doi-thong"]


@pytest.fixture
def secretary(cell: Unit) -> Person:
    person = Person.objects.create_user("thuky", full_name="K'Brếp")
    Role.objects.create(person=person, unit=cell, kind=RoleKind.CELL_SECRETARY)
    return person


@pytest.fixture
def session(cell: Unit, secretary: Person) -> Gathering:
    people = cell_with(cell, "Ka Hiền", "Lê Văn Hòa", "Nguyễn Văn Bình")
    Membership.objects.create(person=secretary, unit=cell)  # leads and takes no seat: not absent
    gathering = open_session(cell, secretary)
    gathering.head_count = 8
    gathering.save(update_fields=["head_count"])
    play(gathering, people)
    return Gathering.objects.get(pk=gathering.pk)


def test_log_tells_classes_votes_and_who_is_missing(session: Gathering) -> None:
    log = collect_log(session)
    assert log.present == 8
    assert log.present_names == ("Ka Hiền", "Lê Văn Hòa")
    assert log.not_joined == ("Nguyễn Văn Bình",)
    first, second = log.questions
    assert first.by_class == {"A": Figure(2, 1), "B": Figure(1, 1), "D": Figure(5, 3)}
    assert (second.round, second.by_class) == (2, {"C": Figure(2, 2)})
    assert log.votes == (Vote("Mỗi đảng viên kèm một hộ", 2, 1, 0),)
    assert log.steps == ("Vì sao đảng viên đi trước", "Trao đổi")
    assert log.log_hash == session.last_hash


def test_a_laptop_calendar_that_jumps_a_day_stretches_no_meeting(session: Gathering) -> None:
    session.live_events.filter(kind="act").exclude(data__position=1).update(at=BEGAN + dt.timedelta(days=400))
    assert collect_log(session).seconds < 60


@pytest.mark.parametrize(("kind", "form"), [(PARTY, "party-2026"), (CLASS, "class-2020")])
def test_papers_hold_the_same_words_and_come_out_the_same_each_time(kind: str, form: str) -> None:
    record, template = Record(LOG, SAID), paper_forms()[form]
    words = paper(record, kind)
    docx = minutes_docx(words, template.template, record.ended_at)
    assert docx == minutes_docx(words, template.template, record.ended_at)
    pdf = minutes_pdf(words, kind, template.paper, record.ended_at)
    assert pdf == minutes_pdf(words, kind, template.paper, record.ended_at)
    text = words_of_docx(docx)
    said = [line.text for line in (*words.before_table, *words.after_table)]
    said += [words.issuer, words.number, words.place_and_date, words.left.name, words.right.role]
    said += [cell for row in words.table for cell in row]
    for line in said:
        assert line in text
    assert "{{" not in text
    assert "{%" not in text


def test_party_form_keeps_its_rules() -> None:
    words = paper(Record(LOG, SAID), PARTY)
    assert words.number == "Số 05-BB/CB"
    assert words.place_and_date == "Di Linh, ngày 05 tháng 02 năm 2026"
    assert (words.left.role, words.right.role) == ("NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ")
    text = "\n".join(line.text for line in (*words.before_table, *words.after_table))
    assert (
        "Tổng số đảng viên: 10 (chính thức 9, dự bị 1). Có mặt: 8 (chính thức 8, dự bị 0). Vắng: 2." in text
    )
    assert "1 đồng chí phát biểu" in text  # the same name twice is one person
    assert "tán thành 7, không tán thành 1, không có ý kiến 0 (tổng số 8)" in text
    assert "15 giờ 35 cùng ngày" in text
    assert text.endswith("8 đồng chí nhất trí.")
    assert words.table[1] == ("1", "Làm gì?", "1/2", "–", "–", "3/5")


def test_class_form_says_nothing_of_party_members() -> None:
    words = paper(Record(LOG, SAID), CLASS)
    text = "\n".join(line.text for line in (*words.before_table, *words.after_table))
    assert not re.search("đảng viên:|dự bị|đồng chí", text)
    assert text.endswith("./.")


def test_dates_take_a_zero_where_a_figure_could_be_added() -> None:
    assert long_date(dt.date(2026, 11, 23)) == "ngày 23 tháng 11 năm 2026"
    assert long_date(dt.date(2026, 1, 3)) == "ngày 03 tháng 01 năm 2026"
    assert long_date(dt.date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"


some_words = st.text(st.characters(codec="utf-8", categories=("L", "P", "Zs")), max_size=20)
counts = st.none() | st.integers(0, 500)


@given(
    st.builds(
        Details,
        place=some_words,
        chair=some_words,
        conclusions=some_words,
        members_full=counts,
        present_full=counts,
        began=st.none() | st.just(BEGAN),
        absent=st.lists(st.builds(Absent, some_words, some_words), max_size=3).map(tuple),
        opinions=st.lists(st.builds(Opinion, some_words, some_words), max_size=3).map(tuple),
        tasks=st.lists(st.builds(Task, some_words, some_words, st.none() | st.dates()), max_size=3).map(
            tuple
        ),
        read_back=st.booleans(),
    )
)
def test_any_draft_is_kept_word_for_word_and_can_be_written(details: Details) -> None:
    assert details_from_json(details_to_json(details)) == details
    record = Record(LOG, details)
    assert record_from_json(record_to_json(record)) == record
    assert paper(record, PARTY).title == "BIÊN BẢN"


def test_signed_minutes_never_change(session: Gathering, secretary: Person) -> None:
    draft = save_draft(session, SAID, "party-2026", 0, secretary)
    signed = sign(session, secretary)
    assert signed.state == "signed"
    session.refresh_from_db()
    events = session.events
    assert sign(session, secretary).version == draft.version + 1  # signing again changes nothing
    session.refresh_from_db()
    assert session.events == events
    with pytest.raises(MinutesRefused, match="signed"):
        save_draft(session, SAID, "party-2026", signed.version, secretary)
    Person.objects.update(full_name="Khác")
    session.answers.all().delete()
    kept = Minutes.objects.get(gathering=session)
    assert record_of(kept).log.questions[0].by_class["A"] == Figure(2, 1)
    papers = papers_of(kept)
    assert hashlib.sha256(papers.docx).hexdigest() == kept.docx_sha256
    assert hashlib.sha256(papers.pdf).hexdigest() == kept.pdf_sha256
    assert hand_in(session, secretary).state == "merged"
    assert hand_in(session, secretary).version == signed.version + 1


def test_a_running_gathering_and_a_contradiction_are_not_signed(cell: Unit, secretary: Person) -> None:
    gathering = open_session(cell, secretary)
    do(gathering, "next")
    save_draft(gathering, SAID, "party-2026", 0, secretary)
    with pytest.raises(MinutesRefused, match="running"):
        sign(gathering, secretary)
    do(gathering, "end")
    wrong = dataclasses.replace(SAID, present_full=10, read_back=False)
    save_draft(gathering, wrong, "party-2026", 1, secretary)
    with pytest.raises(MinutesRefused) as refused:
        sign(gathering, secretary)
    assert set(refused.value.faults) == {"present_full", "absent", "read_back"}
    with pytest.raises(MinutesRefused, match="stale"):
        save_draft(gathering, SAID, "party-2026", 1, secretary)
    with pytest.raises(MinutesRefused, match="draft"):
        hand_in(gathering, secretary)


def test_scoring_sheet_after_the_ward() -> None:
    lines = {
        line.name: line
        for line in scoring_sheet(
            Record(LOG, SAID), BEGAN - dt.timedelta(days=2), BEGAN + dt.timedelta(days=3)
        )
    }
    assert (lines["duration"].value, lines["duration"].wanted, lines["duration"].reached) == (95, 90, True)
    assert (lines["attendance"].value, lines["attendance"].reached) == (0.8, False)
    assert lines["preparation"].reached
    assert lines["speaking"].value == 1 / 8
    assert lines["handed_in"].reached is False
    large = dataclasses.replace(SAID, members_full=30)
    assert scoring_sheet(Record(LOG, large), None, None)[0].reached is False
    assert scoring_sheet(Record(LOG, Details()), None, None)[1].reached is None


def form_of_page(page: str) -> dict[str, str]:
    """What a browser would send back unchanged."""
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    sent |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page))
    chosen = re.search(r'<option value="([^"]+)" selected', page)
    return sent | {"form": chosen.group(1) if chosen else ""}


def test_pages_from_draft_to_handing_in(client: Client, session: Gathering, secretary: Person) -> None:
    client.force_login(secretary)
    address = reverse("gatherings:minutes", args=[session.uuid])
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Nguyễn Văn Bình" in text  # of the list, took no seat
    sent = form_of_page(text) | {
        "place": "Nhà văn hóa, xã Di Linh",
        "secretary": "Trần Thị Lan",
        "conclusions": "Mỗi đảng viên kèm một hộ.",
        "read_back": "on",
        "y-kien-0-speaker": "Ka Hiền",
        "y-kien-0-said": "Mỗi lần một việc",
        "viec-0-what": "Lập danh sách",
        "viec-0-who": "Trần Thị Lan",
    }
    wrong = client.post(address, sent | {"viec-0-due": "31/02/2026", "members_full": "-4"})
    assert wrong.status_code == 400
    assert not Minutes.objects.exists()
    assert client.post(address, sent | {"viec-0-due": "12/12/2026"}).status_code == 302
    assert client.post(address, sent).status_code == 409  # the page is older than the save
    assert minutes_of(session).details["tasks"][0]["due"] == "2026-12-12"
    assert client.post(reverse("gatherings:minutes_sign", args=[session.uuid])).status_code == 302
    first = client.get(reverse("gatherings:minutes_paper", args=[session.uuid, "docx"]))
    assert first.content == client.get(first.wsgi_request.path).content
    assert first["Content-Disposition"].endswith('dang-vien-tien-phong-hoc-tap-ky-nang-so.docx"')
    assert client.get(reverse("gatherings:minutes_paper", args=[session.uuid, "pdf"])).content.startswith(
        b"%PDF"
    )
    assert client.get(reverse("gatherings:minutes_paper", args=[session.uuid, "exe"])).status_code == 404
    client.post(reverse("gatherings:minutes_hand_in", args=[session.uuid]))
    assert Minutes.objects.get().state == "merged"


def test_minutes_are_for_those_who_lead(client: Client, session: Gathering) -> None:
    address = reverse("gatherings:minutes", args=[session.uuid])
    assert client.get(address).status_code == 302
    stranger = Person.objects.create_user("khach", full_name="Khách")
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    elsewhere = Unit.objects.filter(kind="commune").exclude(slug="xa-di-linh").first()
    assert elsewhere is not None
    Role.objects.create(person=stranger, unit=elsewhere, kind=RoleKind.FACILITATOR)
    assert client.get(address).status_code == 404
    assert client.post(reverse("gatherings:minutes_sign", args=[session.uuid])).status_code == 404
