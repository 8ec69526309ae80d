"""Libraries are loaded after all that they need, whatever the shape of the graph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media.h5p.libraries import Library, resolve
from media.h5p.names import LibraryName, parse_name, read_name


def name(number: int) -> LibraryName:
    return LibraryName(f"L{number}", 1, 0)


def graph(edges: dict[int, list[int]], dynamic: bool = False) -> dict[LibraryName, Library]:
    def library(number: int, needs: list[int]) -> Library:
        names = tuple(name(need) for need in needs)
        return Library(name(number), 0, "", "", True, () if dynamic else names, names if dynamic else ())

    return {name(number): library(number, needs) for number, needs in edges.items()}


def test_needs_come_first_and_once() -> None:
    found = resolve([name(1)], graph({1: [2, 3], 2: [4], 3: [4], 4: []}))
    assert found.ordered == (name(4), name(2), name(3), name(1))
    assert found.missing == ()


def test_missing_ones_are_named() -> None:
    assert resolve([name(1)], graph({1: [9]})).missing == (name(9),)


def test_a_circle_ends() -> None:
    assert set(resolve([name(1)], graph({1: [2], 2: [1]})).ordered) == {name(1), name(2)}


def test_a_chain_of_two_thousand_is_no_danger() -> None:
    chain = graph({number: [number + 1] for number in range(2000)} | {2000: []}, dynamic=True)
    assert resolve([name(0)], chain).ordered[0] == name(2000)


@given(st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 8), max_size=4)))
def test_in_any_graph_each_reachable_library_comes_once(edges: dict[int, list[int]]) -> None:
    found = resolve([name(0)], graph(edges))
    assert len(set(found.ordered)) == len(found.ordered)
    acyclic = {number: [need for need in needs if need > number] for number, needs in edges.items()}
    ordered = resolve([name(0)], graph(acyclic)).ordered
    for number, needs in acyclic.items():
        for need in needs:
            if name(number) in ordered and name(need) in ordered:
                assert ordered.index(name(need)) < ordered.index(name(number))


def test_names_are_read_in_all_spellings() -> None:
    wanted = LibraryName("H5P.Multi-Choice", 1, 16)
    assert parse_name("H5P.Multi-Choice 1.16") == parse_name("H5P.Multi-Choice-1.16") == wanted
    assert parse_name("H5P.Multi-Choice-1.16.4") == wanted
    assert read_name({"machineName": "H5P.Multi-Choice", "majorVersion": "1", "minorVersion": 16}) == wanted
    for broken in ("H5P", "H5P 1", "H5P 1.x", "", "Thư 1.0"):
        assert parse_name(broken) is None
    assert read_name({"machineName": "A", "majorVersion": True, "minorVersion": 1}) is None
    assert read_name({"machineName": "A", "majorVersion": 10**5000, "minorVersion": 1}) is None
