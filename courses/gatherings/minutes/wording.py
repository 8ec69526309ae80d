"""Pure: a record in the words of the paper. Minutes are a Vietnamese document whatever language the site speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from courses.gatherings.minutes.record import CLASSES, Absent, Figure, Record, Task

PARTY, CLASS = "party", "class"
BLANK = "…"
CLASS_NAMES = {
    "A": "tự trả lời, một mình",
    "B": "mượn máy, thẻ hoặc có người giúp",
    "C": "sau khi thảo luận",
    "D": "đếm tay, không ghi tên",
}


@dataclass(frozen=True)
class Line:
    """style: section, text or item."""

    style: str
    text: str


@dataclass(frozen=True)
class Signature:
    role: str
    name: str


@dataclass(frozen=True)
class Paper:
    upper_issuer: str
    issuer: str
    number: str
    place_and_date: str
    title: str
    abstract: str
    before_table: tuple[Line, ...]
    table: tuple[tuple[str, ...], ...]
    table_note: str
    after_table: tuple[Line, ...]
    left: Signature
    right: Signature
    recipients: tuple[str, ...]
    log_note: str


def paper(record: Record, kind: str) -> Paper:
    return (_party_words if kind == PARTY else _class_words)(record).paper()


@dataclass(frozen=True)
class _Words:
    """The frame of a form; the two forms differ in names and order, not in facts."""

    record: Record
    number: str
    abstract: str
    members: str
    types: bool
    person: str
    head: str
    writer: str
    leader: str
    section: str
    last_stop: str
    meeting: str
    assembly: str

    def paper(self) -> Paper:
        said, log = self.record.details, self.record.log
        return Paper(
            upper_issuer=(said.upper_issuer or log.upper_unit).upper(),
            issuer=(said.issuer or log.unit).upper(),
            number=self.number,
            place_and_date=f"{_place_name(said.place)}, {long_date(self.record.started_at)}",
            title="BIÊN BẢN",
            abstract=self.abstract,
            before_table=(*self._opening(), *self._content()),
            table=_table(self.record),
            table_note=_table_note(self.record),
            after_table=(*self._votes(), *self._ending()),
            left=Signature(self.writer, said.secretary),
            right=Signature(self.leader, said.chair),
            recipients=tuple(line.strip() for line in said.recipients.splitlines() if line.strip()),
            log_note=f"Lập từ nhật ký của buổi, mã {log.log_hash[:16]}." if log.log_hash else "",
        )

    def _opening(self) -> Iterator[Line]:
        said, record = self.record.details, self.record
        started = f"{clock(record.started_at)}, {long_date(record.started_at)}"
        yield Line("text", f"Thời gian: bắt đầu lúc {started}.")
        yield Line("text", f"Địa điểm: {said.place or BLANK}.")
        yield Line("section", self.section.format("I", "Thành phần"))
        yield Line("text", f"1. {_attendance(self.record, self.members, self.types)}")
        yield from (Line("item", f"- Vắng: {_absent(one)}") for one in said.absent)
        yield Line("text", f"2. {self.head}: {said.superiors or 'không có'}.")
        title = f", {said.chair_title}" if said.chair_title else ""
        yield Line("text", f"3. Chủ trì: {self._named(said.chair)}{title}.")
        yield Line("text", f"4. Thư ký: {self._named(said.secretary)}.")

    def _content(self) -> Iterator[Line]:
        said, log = self.record.details, self.record.log
        yield Line("section", self.section.format("II", "Nội dung"))
        yield Line("text", f"1. Chuyên đề: {log.title.rstrip('.')}.")
        yield Line("text", f"Người trình bày: {self._named(said.speaker or log.facilitator)}.")
        yield from (Line("item", f"- {step.rstrip('.')}.") for step in log.steps)
        if said.opinions:
            yield Line("text", f"2. Ý kiến thảo luận: {self.record.speakers} {self.person} phát biểu.")
        else:
            yield Line("text", "2. Ý kiến thảo luận: không có ý kiến.")
        for opinion in said.opinions:
            speaker = self._named(opinion.speaker)
            yield Line("item", f"- {speaker[:1].upper()}{speaker[1:]}: {opinion.said.strip().rstrip('.')}.")
        without = "" if log.questions else " không có câu hỏi trong buổi."
        yield Line("text", f"3. Kết quả thực hành, trắc nghiệm:{without}")

    def _votes(self) -> Iterator[Line]:
        votes = self.record.log.votes
        yield Line("text", "4. Biểu quyết:" if votes else "4. Biểu quyết: không có.")
        for vote in votes:
            counts = f"tán thành {vote.in_favour}, không tán thành {vote.against}, không có ý kiến {vote.abstained}"
            yield Line("item", f"- {vote.subject.rstrip('.')}: {counts} (tổng số {vote.cast}).")

    def _ending(self) -> Iterator[Line]:
        said, record = self.record.details, self.record
        yield Line("section", self.section.format("III", "Kết luận của người chủ trì"))
        conclusions = [line.strip() for line in said.conclusions.splitlines() if line.strip()] or [BLANK]
        yield from (Line("text", f"{line.rstrip('.')}.") for line in conclusions)
        yield Line("section", self.section.format("IV", "Phân công nhiệm vụ"))
        if not said.tasks:
            yield Line("text", "Không có.")
        yield from (Line("item", f"{n}. {_task(one)}.") for n, one in enumerate(said.tasks, 1))
        read = f"Biên bản đã được đọc lại trước {self.assembly}" if said.read_back else ""
        agreed = f", {said.agreed} {self.person} nhất trí" if read and said.agreed is not None else ""
        same_day = record.ended_at.date() == record.started_at.date()
        day = "cùng ngày" if same_day else long_date(record.ended_at)
        closing = f"{self.meeting} kết thúc lúc {clock(record.ended_at)} {day}."
        ending = f"{closing} {read}{agreed}." if read else closing
        yield Line("text", ending[:-1] + self.last_stop)

    def _named(self, name: str) -> str:
        if not name:
            return BLANK
        return f"đồng chí {name}" if self.person == "đồng chí" else name


def _party_words(record: Record) -> _Words:
    return _Words(
        record=record,
        number=f"Số {record.details.number or BLANK}-BB/CB",
        abstract=f"sinh hoạt chuyên đề “{record.log.title}”",
        members="đảng viên",
        types=True,
        person="đồng chí",
        head="Cấp trên dự",
        writer="NGƯỜI GHI BIÊN BẢN",
        leader="CHỦ TRÌ HỘI NGHỊ",
        section="{}- {}",
        last_stop=".",
        meeting="Buổi sinh hoạt",
        assembly="hội nghị",
    )


def _class_words(record: Record) -> _Words:
    return _Words(
        record=record,
        number=f"Số: {record.details.number or BLANK}/BB",
        abstract=f"Lớp học kỹ năng số “{record.log.title}”",
        members="học viên",
        types=False,
        person="người",
        head="Đại biểu dự",
        writer="NGƯỜI GHI BIÊN BẢN",
        leader="CHỦ TRÌ LỚP HỌC",
        section="{}. {}",
        last_stop="./.",
        meeting="Buổi học",
        assembly="lớp",
    )


def long_date(day: dt.date) -> str:
    """A zero stands before days below 10 and before January and February, so that nobody adds a figure."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _place_name(place: str) -> str:
    """The place of the head is a bare name: "Di Linh" of "Nhà văn hóa thôn Đồi Thông, xã Di Linh"."""
    last = place.split(",")[-1].strip()
    kind, _space, name = last.partition(" ")
    return (name if kind.lower() in {"xã", "phường"} else last) or BLANK


def clock(moment: dt.datetime) -> str:
    return f"{moment.hour} giờ {moment.minute:02}"


def _attendance(record: Record, members: str, types: bool) -> str:
    said = record.details
    total = f"Tổng số {members}: {record.members}" if record.members is not None else ""
    present = f"Có mặt: {record.members_present}"
    if types:
        total += _by_type(said.members_full, said.members_probationary)
        present += _by_type(said.present_full, said.present_probationary)
    absent = f"Vắng: {len(said.absent)}"
    return ". ".join(part for part in (total, present, absent) if part) + "."


def _by_type(full: int | None, probationary: int | None) -> str:
    if full is None and probationary is None:
        return ""
    return f" (chính thức {full or 0}, dự bị {probationary or 0})"


def _absent(one: Absent) -> str:
    return f"{one.name} (lý do: {one.reason.rstrip('.')})." if one.reason else f"{one.name} (không lý do)."


def _task(one: Task) -> str:
    due = f"; thời hạn: {one.due:%d/%m/%Y}" if one.due else ""
    return f"{one.what.strip().rstrip('.')}; thực hiện: {one.who}{due}"


def _table(record: Record) -> tuple[tuple[str, ...], ...]:
    """A head and one row for each round of each question; empty when nothing was asked."""
    if not record.log.questions:
        return ()
    head = ("Câu", "Nội dung", *(f"Loại {one}" for one in CLASSES))
    rows = []
    for question in record.log.questions:
        again = f" (lần {question.round})" if question.round > 1 else ""
        figures = (_figure(question.by_class.get(one)) for one in CLASSES)
        rows.append((str(question.number), question.prompt + again, *figures))
    return (head, *rows)


def _figure(figure: Figure | None) -> str:
    if figure is None or not figure.answered:
        return "–"
    return str(figure.answered) if figure.right is None else f"{figure.right}/{figure.answered}"


def _table_note(record: Record) -> str:
    if not record.log.questions:
        return ""
    names = "; ".join(f"{one}: {name}" for one, name in CLASS_NAMES.items())
    return f"Số người trả lời đúng trên số người trả lời. Loại {names}."
