"""A code that was copied wrongly is refused before anybody looks it up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.certificates.codes import ALPHABET, check_symbol, is_genuine, new_code, read_code, shown

CODES = [new_code() for _ in range(2000)]


def test_a_new_code_reads_back_as_shown() -> None:
    for code in CODES[:200]:
        assert read_code(shown(code)) == code
        assert [len(group) for group in shown(code).split("-")] == [4, 4, 4, 4]


def test_every_substitution_of_one_symbol_is_refused() -> None:
    for code in CODES:
        for place in range(16):
            for symbol in ALPHABET.replace(code[place], ""):
                assert not is_genuine(code[:place] + symbol + code[place + 1 :])


def test_every_swap_of_neighbours_is_refused() -> None:
    swaps = 0
    for code in CODES:
        for place in range(15):
            a, b = code[place], code[place + 1]
            if a != b:
                swaps += 1
                assert not is_genuine(code[:place] + b + a + code[place + 2 :])
    assert swaps > 25_000


def test_swaps_of_distant_symbols_are_refused_too() -> None:
    for code in CODES[:100]:
        for first in range(16):
            for second in range(first + 1, 16):
                symbols = list(code)
                symbols[first], symbols[second] = symbols[second], symbols[first]
                assert symbols == list(code) or not is_genuine("".join(symbols))


@pytest.mark.parametrize(
    "write",
    [
        str.lower,
        lambda code: f"  {shown(code)} ",
        lambda code: shown(code).replace("-", " – "),
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: "\n".join(shown(code).split("-")),
    ],
)
def test_how_people_write_a_code_is_forgiven(write: object) -> None:
    for code in CODES[:50]:
        assert read_code(write(code)) == code  # type: ignore[operator]


@given(st.text(max_size=200))
def test_anything_else_is_no_code_and_no_error(text: str) -> None:
    code = read_code(text)
    assert code is None or check_symbol(code[:15]) == code[15]


@pytest.mark.parametrize(
    "text", ["", "7K3M", "U" * 16, "x" * 10_000, "７Ｋ３ＭＱ９ＴＸ２ＨＶＤＷ５ＲＸ", "\x00" * 16]
)
def test_these_are_no_codes(text: str) -> None:
    assert read_code(text) is None
