"""One door for whatever comes home: a file, or the letters of a QR."""

from __future__ import annotations

from courses.gatherings.bundles.import_bundle import Report, import_bundle
from courses.gatherings.bundles.import_relay import import_relay
from courses.gatherings.bundles.sealed import FILE_MARK, BadBundle
from lms.accounts.api import Person


def take_home(content: bytes, actor: Person | None = None) -> Report:
    """Raises ``BadBundle``."""
    if content.startswith(FILE_MARK):
        return import_bundle(content, actor)
    try:
        return import_relay(content.decode("ascii"), actor)
    except UnicodeDecodeError:
        raise BadBundle("not_a_bundle") from None
