"""Pure: a zip whose bytes depend on its content only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The earliest moment that a zip can hold.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def stable_zip(members: Mapping[str, bytes]) -> bytes:
    """Members stand in the order given: readers of DOCX want the list of types first."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, content)
    return made.getvalue()


def repacked(archive: bytes) -> bytes:
    """The same members, by name, without the times at which they were written."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = sorted(opened.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return stable_zip({name: opened.read(name) for name in names})
