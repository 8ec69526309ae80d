"""Writes archives byte by byte, with headers that lie."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from pathlib import Path

Members = dict[str, bytes]


@cache
def packed_zeros(megabytes: int) -> tuple[bytes, int]:
    """Deflated as a stream: the bomb never lies in memory, not even when it is made. With its checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros, crc, packed = bytes(1 << 20), 0, bytearray()
    for _ in range(megabytes):
        packed += packer.compress(zeros)
        crc = zlib.crc32(zeros, crc)
    packed += packer.flush()
    return bytes(packed), crc


def write_bomb(path: Path, good: Members, megabytes: int, declared: int | None = None) -> None:
    packed, crc = packed_zeros(megabytes)
    size = declared if declared is not None else megabytes << 20
    write_raw(path, good, [(b"content/bomb.mp4", packed, 8, crc, size)])


def write_entries(path: Path, good: Members, count: int, shared: bool = False) -> None:
    entries = [(f"content/{number}.txt".encode(), b"", 0, 0, 0) for number in range(count)]
    write_raw(path, good, entries, shared=shared)


def write_raw(
    path: Path, good: Members, extra: list[tuple[bytes, bytes, int, int, int]], shared: bool = False
) -> None:
    """A good package and members exactly as told; ``shared`` lets all of them point at the first one's bytes."""
    plain = [(name.encode(), body, 0, zlib.crc32(body), len(body)) for name, body in good.items()]
    records: list[bytes] = []
    with path.open("wb") as out:
        offset = 0
        for name, body, method, crc, size in [*plain, *extra]:
            here = 0 if shared else offset
            head = struct.pack(
                "<4s5H3L2H", b"PK\x03\x04", 20, 0x800, method, 0, 33, crc, len(body), size, len(name), 0
            )
            offset += out.write(head + name + body)
            records.append(
                struct.pack("<4s6H3L", b"PK\x01\x02", 20, 20, 0x800, method, 0, 33, crc, len(body), size)
                + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, here)
                + name
            )
        length = sum(out.write(record) for record in records)
        count = min(len(records), 0xFFFF)
        out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, length, offset, 0))
