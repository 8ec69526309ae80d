"""Reads a ZIP archive that an enemy may have written.

The standard library's reader loads the whole directory at once, trusts sizes of headers and cuts names at a NUL;
so this one reads the few structures that an H5P package needs and refuses the rest (ZIP64, several disks, other
compressions).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .limits import Limits

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _CENTRAL_MARK, _LOCAL_MARK, _ZIP64_MARK = (
    b"PK\x05\x06",
    b"PK\x01\x02",
    b"PK\x03\x04",
    b"PK\x06\x07",
)
_LONGEST_COMMENT = 0xFFFF
_DIRECTORY_BYTES_PER_ENTRY = 1024
_BLOCK = 16 * 1024
_CHUNK = 64 * 1024
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_UTF8_FLAG = 0x800
_LINK_TYPE, _TYPE_MASK = 0o120000, 0o170000


class ArchiveError(ValueError):
    """The archive or one member cannot be read; ``code`` is one of the package's codes."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as the directory names it; sizes are claims until the member has been streamed."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    compressed: int
    declared: int
    offset: int
    mode: int
    end_of_files: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & _ENCRYPTED_FLAGS)

    @property
    def is_link(self) -> bool:
        return self.mode & _TYPE_MASK == _LINK_TYPE


def read_directory(file: BinaryIO, limits: Limits) -> list[Entry]:
    """All members in the order of the directory. Raises ``ArchiveError``."""
    count, start, length = _find_directory(file, limits)
    if count > limits.entries or length > limits.entries * _DIRECTORY_BYTES_PER_ENTRY:
        raise ArchiveError("too-many-files", f"more than {limits.entries} files")
    file.seek(start)
    directory = file.read(length)
    if len(directory) != length:
        raise ArchiveError("unable-to-unzip", "the directory is cut off")
    entries: list[Entry] = []
    position = 0
    while position < length:
        if len(entries) >= limits.entries:
            raise ArchiveError("too-many-files", f"more than {limits.entries} files")
        entry, position = _read_entry(directory, position, start)
        entries.append(entry)
    if len(entries) != count:
        raise ArchiveError("unable-to-unzip", "the directory does not hold as many files as it says")
    _refuse_overlaps(entries)
    return entries


def _find_directory(file: BinaryIO, limits: Limits) -> tuple[int, int, int]:
    size = file.seek(0, 2)
    if size > limits.archive_bytes:
        raise ArchiveError(
            "total-size-too-large", f"the archive itself is larger than {limits.archive_bytes} bytes"
        )
    tail_start = max(0, size - _END.size - _LONGEST_COMMENT)
    file.seek(tail_start)
    tail = file.read(size - tail_start)
    position = tail.rfind(_END_MARK)
    while position >= 0:
        if position + _END.size <= len(tail):
            fields = _END.unpack_from(tail, position)
            if position + _END.size + fields[7] == len(tail):
                return _check_end(fields, tail_start + position, tail[max(0, position - 20) : position])
        position = tail.rfind(_END_MARK, 0, position)
    raise ArchiveError("unable-to-unzip", "this is not a ZIP archive")


def _check_end(
    fields: tuple[bytes, int, int, int, int, int, int, int], end: int, before: bytes
) -> tuple[int, int, int]:
    _, disk, directory_disk, here, count, length, offset, _ = fields
    if count == 0xFFFF:
        raise ArchiveError("too-many-files", "as many files as only ZIP64 can hold")
    if before.startswith(_ZIP64_MARK) or disk or directory_disk or here != count:
        raise ArchiveError("unable-to-unzip", "ZIP64 and several disks are not taken")
    if offset + length != end:
        raise ArchiveError("unable-to-unzip", "the directory is not where the archive says")
    return count, offset, length


def _read_entry(directory: bytes, position: int, directory_start: int) -> tuple[Entry, int]:
    if position + _CENTRAL.size > len(directory):
        raise ArchiveError("unable-to-unzip", "the directory is cut off")
    (
        mark, _made_by, _needed, flags, method, _time, _date, crc, compressed, declared,
        name_length, extra_length, comment_length, _disk, _internal, external, offset,
    ) = _CENTRAL.unpack_from(directory, position)  # fmt: skip
    start = position + _CENTRAL.size
    end = start + name_length + extra_length + comment_length
    if mark != _CENTRAL_MARK or end > len(directory):
        raise ArchiveError("unable-to-unzip", "the directory is damaged")
    raw_name = directory[start : start + name_length]
    entry = Entry(
        name=_decode(raw_name, flags),
        raw_name=raw_name,
        flags=flags,
        method=method,
        crc=crc,
        compressed=compressed,
        declared=declared,
        offset=offset,
        mode=external >> 16,
        end_of_files=directory_start,
    )
    return entry, end


def _decode(raw: bytes, flags: int) -> str:
    """Many writers forget the flag for UTF-8, so it is tried first either way."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if flags & _UTF8_FLAG:
            raise ArchiveError("unable-to-unzip", "a file name is not UTF-8") from None
        return raw.decode("cp437")


def _refuse_overlaps(entries: list[Entry]) -> None:
    """Members that share their bytes are how small archives unpack to terabytes."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.offset):
        if entry.offset < end:
            raise ArchiveError("unable-to-unzip", "members of the archive overlap")
        end = entry.offset + _LOCAL.size + len(entry.raw_name) + entry.compressed
        if end > entry.end_of_files:
            raise ArchiveError("unable-to-unzip", "a member reaches into the directory")


def stream(file: BinaryIO, entry: Entry, limits: Limits) -> Iterator[bytes]:
    """The member's bytes in small chunks; raises ``ArchiveError`` when they are too many, too dense or damaged."""
    if entry.is_encrypted:
        raise ArchiveError("encrypted-file", "encrypted files are not taken")
    if entry.method not in (_STORED, _DEFLATED):
        raise ArchiveError("unsupported-compression", f"compression method {entry.method}")
    produced = crc = 0
    for chunk, consumed in _unpack(file, entry):
        produced += len(chunk)
        crc = zlib.crc32(chunk, crc)
        _check_growth(produced, consumed, limits)
        yield chunk
    if produced != entry.declared or crc != entry.crc:
        raise ArchiveError("unable-to-unzip", "the content is not what the directory says")


def _check_growth(produced: int, consumed: int, limits: Limits) -> None:
    if produced > limits.file_bytes:
        raise ArchiveError("file-size-too-large", f"larger than {limits.file_bytes} bytes")
    if produced > limits.ratio_free_bytes and produced > limits.ratio * consumed:
        raise ArchiveError("ratio-too-high", f"unpacks to more than {limits.ratio} times its size")


def _unpack(file: BinaryIO, entry: Entry) -> Iterator[tuple[bytes, int]]:
    """Pairs of a chunk and the number of packed bytes read so far."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == _DEFLATED else None
    for block, consumed in _packed_blocks(file, entry):
        if inflater is None:
            yield block, consumed
            continue
        yield from ((chunk, consumed) for chunk in _inflate(inflater, block))
    if inflater is not None and not inflater.eof:
        raise ArchiveError("unable-to-unzip", "the content is cut off")


def _inflate(inflater: zlib._Decompress, block: bytes) -> Iterator[bytes]:
    while block:
        if inflater.eof:
            raise ArchiveError("unable-to-unzip", "bytes after the end of the content")
        try:
            chunk = inflater.decompress(block, _CHUNK)
        except zlib.error:
            raise ArchiveError("unable-to-unzip", "the content is damaged") from None
        block = inflater.unconsumed_tail or inflater.unused_data
        if chunk:
            yield chunk
    while not inflater.eof and (chunk := inflater.decompress(b"", _CHUNK)):
        yield chunk


def _packed_blocks(file: BinaryIO, entry: Entry) -> Iterator[tuple[bytes, int]]:
    position = _content_start(file, entry)
    left = entry.compressed
    if position + left > entry.end_of_files:
        raise ArchiveError("unable-to-unzip", "a member reaches into the directory")
    while left:
        file.seek(position)
        block = file.read(min(_BLOCK, left))
        if not block:
            raise ArchiveError("unable-to-unzip", "the content is cut off")
        position += len(block)
        left -= len(block)
        yield block, entry.compressed - left


def _content_start(file: BinaryIO, entry: Entry) -> int:
    file.seek(entry.offset)
    header = file.read(_LOCAL.size)
    if len(header) != _LOCAL.size:
        raise ArchiveError("unable-to-unzip", "a member's header is cut off")
    fields = _LOCAL.unpack(header)
    name = file.read(fields[9])
    if fields[0] != _LOCAL_MARK or name != entry.raw_name or fields[2] & _ENCRYPTED_FLAGS:
        raise ArchiveError("unable-to-unzip", "a member's header differs from the directory")
    return entry.offset + _LOCAL.size + int(fields[9]) + int(fields[10])
