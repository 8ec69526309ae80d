"""Names to sign in with, for people who did not choose one."""

from __future__ import annotations

import secrets

from lms import vietnamese

# Without letters and digits that look alike on paper.
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_LONGEST_STEM = 40


def new_username(full_name: str) -> str:
    """``Ka Hiền`` gives ``kahien-7k3m9``: readable, and unique for practical purposes."""
    stem = "".join(c for c in vietnamese.folded(full_name) if c.isascii() and c.isalnum())
    tail = "".join(secrets.choice(_ALPHABET) for _ in range(5))
    return f"{stem[:_LONGEST_STEM] or 'hocvien'}-{tail}"
