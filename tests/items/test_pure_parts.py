"""The pure parts: what counts as the same text, QR payloads, drawing items."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.items import qr_payload
from assessments.items.qr_payload import Field, PayloadError
from assessments.items.selection import MOST_PER_OUTCOME, Candidate, band, draw
from assessments.items.text_match import number_in, same_text


@pytest.mark.parametrize(
    ("typed", "accepted", "optional", "same"),
    [
        ("hoà", "hòa", False, True),
        ("HÒA BÌNH", "hoà  bình", False, True),
        ("ho\u0300a", "hòa", False, True),
        ("hoa binh", "hòa bình", False, False),
        ("hoa binh", "hòa bình", True, True),
        ("hóa bình", "hòa bình", True, False),
        ("da lat", "Đà Lạt", True, False),
        ("đa lat", "Đà Lạt", True, True),
        ("đà lat", "Đà Lạt", True, True),
        ("K’Brếp", "K'Brếp", False, True),
        ("gov.vn.", "gov.vn", False, True),
        ("", "a", True, False),
    ],
)
def test_same_text(typed: str, accepted: str, optional: bool, same: bool) -> None:
    assert same_text(typed, accepted, optional) is same


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("35.000", 35000), ("35 000 đồng", 35000), ("35000đ", 35000), ("2,5", 2.5), ("1.234.567", 1234567),
        ("-3", -3), ("", None), ("abc", None), ("1e5", None), ("nan", None), ("٣", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed: str, number: float | None) -> None:
    assert number_in(typed) == number


FIELDS = st.lists(
    st.builds(
        Field, st.from_regex(r"[0-9]{2}", fullmatch=True), st.text(max_size=99).filter(str.isprintable)
    ),
    max_size=8,
)


@given(fields=FIELDS)
def test_payload_round_trip(fields: list[Field]) -> None:
    assert qr_payload.decode(qr_payload.encode(fields)) == fields
    assert qr_payload.crc_matches(qr_payload.with_crc(fields))


@given(fields=FIELDS, place=st.integers(0, 500), letter=st.characters(codec="ascii", categories=["L", "N"]))
def test_one_changed_character_breaks_the_check(fields: list[Field], place: int, letter: str) -> None:
    payload = qr_payload.with_crc(fields)
    place %= len(payload)
    assume(payload[place].upper() != letter.upper())
    assert not qr_payload.crc_matches(payload[:place] + letter + payload[place + 1 :])


@given(text=st.text(max_size=200))
def test_any_text_is_decoded_or_refused(text: str) -> None:
    try:
        fields = qr_payload.decode(text)
    except PayloadError:
        return
    assert qr_payload.encode(fields) == text


def test_known_check_value() -> None:
    assert qr_payload.crc16("123456789") == "29B1"
    training = (
        "00020101021238540010A00000072701240006999999011000000012340208QRIBFTTA"
        "53037045405350005802VN62180814CA PHE DI LINH630425ED"
    )
    assert qr_payload.right_crc(training) == "25EC"
    assert qr_payload.is_training(training)
    assert not qr_payload.is_training(training[:-4] + "25EC")


CANDIDATES = st.integers(0, 60).map(
    lambda count: [
        Candidate(
            n,
            f"VID-{n % 10}-CH-{n:03d}",
            "vid",
            n % 10,
            n % 6 + 1,
            n % 3 == 0,
            frozenset({f"VID-{(n + 1) % 10}-CH-{n + 1:03d}"} if n % 4 == 0 else ()),
        )
        for n in range(count)
    ]
)


@given(candidates=CANDIDATES, seed=st.integers(0, 2**62), count=st.integers(1, 12))
def test_draw_is_reproducible_without_enemies_or_doubles(
    candidates: list[Candidate], seed: int, count: int
) -> None:
    drawn = draw(candidates, [("vid", count)], seed)
    assert drawn == draw(list(reversed(candidates)), [("vid", count)], seed)
    assert len(drawn) <= count
    assert len({one.id for one in drawn}) == len(drawn)
    codes = {one.code for one in drawn}
    assert not any(one.enemies & codes for one in drawn)


@given(seed=st.integers(0, 2**62))
def test_a_rich_bank_gives_the_wanted_mixture(seed: int) -> None:
    bank = [
        Candidate(n, f"VID-{n:03d}", "vid", n % 10, n % 6 + 1, n % 2 == 0, frozenset()) for n in range(180)
    ]
    drawn = draw(bank, [("vid", 10)], seed)
    assert len(drawn) == 10
    assert [sum(band(one) == level for one in drawn) for level in range(3)] == [3, 5, 2]
    assert sum(one.practical for one in drawn) >= 4
    assert max(sum(one.outcome == outcome for one in drawn) for outcome in range(10)) <= MOST_PER_OUTCOME


def test_two_skills_are_drawn_apart() -> None:
    bank = [
        Candidate(n, f"X-{n:03d}", "vid" if n % 2 else "qr", n % 10, n % 6 + 1, False, frozenset())
        for n in range(80)
    ]
    drawn = draw(bank, [("vid", 4), ("qr", 6)], 7)
    assert sum(one.skill == "vid" for one in drawn) == 4
    assert sum(one.skill == "qr" for one in drawn) == 6
