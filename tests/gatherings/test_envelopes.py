"""The signed envelope and the compact form: every content comes back, every spoilt one is refused."""

from __future__ import annotations

import base64
import random
import uuid
import zlib
from typing import Any

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from courses.gatherings.bundles import compact
from courses.gatherings.bundles.sealed import (
    FILE_MARK,
    QR_MARK,
    BadBundle,
    checked,
    opened,
    packed,
    seal,
    unpacked,
)

KEY = Ed25519PrivateKey.generate()
seats = st.lists(
    st.builds(compact.Seat, st.sampled_from(compact.KINDS), st.integers(0, 999), st.booleans()),
    max_size=12,
    unique_by=lambda seat: (seat.kind, seat.ref),
)
asked = st.lists(
    st.builds(compact.Asked, st.integers(1, 60), st.integers(1, 3), st.integers(0, 12)),
    max_size=8,
    unique_by=lambda one: (one.position, one.round),
)


@st.composite
def results(draw: st.DrawFn) -> compact.Results:
    sat, posed = draw(seats), draw(asked)
    luck = random.Random(draw(st.integers()))
    given = [
        compact.Given(
            place,
            seat,
            luck.getrandbits(one.options) if one.options else 0,
            luck.choice("ABCD"),
            luck.random() < 0.2,
        )
        for place, one in enumerate(posed)
        for seat in range(len(sat))
        if luck.random() < 0.8
    ]
    tallies = [
        compact.Tally(place, tuple(luck.randrange(300) for _ in range(one.options)), luck.random() < 0.5)
        for place, one in enumerate(posed)
        if luck.random() < 0.3
    ]
    return compact.Results(
        uuid.UUID(int=luck.getrandbits(128)),
        luck.randrange(2**32),
        luck.randrange(2**20),
        luck.randrange(3_000),
        luck.randrange(20_000),
        luck.randbytes(32),
        tuple(sat),
        tuple(posed),
        tuple(given),
        tuple(tallies),
    )


@given(results())
def test_every_result_comes_back_from_the_qr(content: compact.Results) -> None:
    assert compact.decoded(compact.encoded(content)) == content


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = compact.decoded(content)
    except BadBundle:
        return
    assert compact.decoded(compact.encoded(found)) == found


@given(results(), st.data())
def test_a_cut_qr_is_refused(content: compact.Results, data: st.DataObject) -> None:
    whole = compact.encoded(content)
    with pytest.raises(BadBundle):
        compact.decoded(whole[: data.draw(st.integers(0, len(whole) - 1))])


def full_hall(people: int, questions: int) -> compact.Results:
    """The worst hall: everybody answers everything, at random, so that nothing can be packed."""
    luck = random.Random(7)
    return compact.Results(
        uuid.uuid4(),
        1_800_000_000,
        7_200,
        people,
        2_000,
        luck.randbytes(32),
        tuple(compact.Seat("roster", place, luck.random() < 0.5) for place in range(people)),
        tuple(compact.Asked(place, 1, 4) for place in range(1, questions + 1)),
        tuple(
            compact.Given(q, s, luck.randrange(16), luck.choice("ABC"), luck.random() < 0.1)
            for q in range(questions)
            for s in range(people)
        ),
        tuple(compact.Tally(q, (50, 50, 50, 50)) for q in range(questions)),
    )


def test_fifty_people_and_twenty_answers_fit_one_qr() -> None:
    sealed = seal(QR_MARK, uuid.uuid4(), KEY, compact.encoded(full_hall(50, 20)))
    assert len(sealed) <= compact.MOST_BYTES
    code = segno.make(
        base64.b32encode(sealed).decode().rstrip("="), mode="alphanumeric", error="m", boost_error=False
    )
    assert int(code.version) <= 40


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_an_envelope_opens_to_what_was_put_in(content: Any) -> None:
    envelope = opened(seal(FILE_MARK, uuid.UUID(int=5), KEY, packed(content)))
    assert unpacked(checked(envelope, KEY.public_key())) == content


@given(st.integers(0), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place: int, flip: int) -> None:
    sealed = bytearray(seal(FILE_MARK, uuid.UUID(int=5), KEY, packed({"a": [1, 2, 3]})))
    sealed[place % len(sealed)] ^= flip
    try:
        envelope = opened(bytes(sealed))
    except BadBundle:
        return
    known = envelope.key == uuid.UUID(int=5)
    with pytest.raises(BadBundle, match="altered"):
        checked(envelope, KEY.public_key()) if known else (_ for _ in ()).throw(BadBundle("altered"))


def test_a_file_that_swells_is_not_unpacked() -> None:
    bomb = zlib.compress(b"[" + b"0," * 30_000_000 + b"0]", 9)
    assert len(bomb) < 200_000
    with pytest.raises(BadBundle, match="too_large"):
        unpacked(bomb, 1_000_000)
    with pytest.raises(BadBundle, match="not_a_bundle"):
        unpacked(packed({}) + b"more")
    with pytest.raises(BadBundle, match="not_a_bundle"):
        unpacked(zlib.compress(b"[" * 200_000))
    with pytest.raises(BadBundle, match="too_large"):
        opened(b"\x00" * 5_000_000)
