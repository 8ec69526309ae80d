"""Addresses that only the server can make: of files without cookies, of frames, of places where an activity stands."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

FRAME_SECONDS = 12 * 60 * 60


def mark(kind: str, key: str) -> str:
    return salted_hmac("media.h5p.files", f"{kind}/{key}", algorithm="sha256").hexdigest()[:24]


def is_marked(kind: str, key: str, given: str) -> bool:
    return constant_time_compare(mark(kind, key), given)


def bundle_address(key: str) -> str:
    return _folder(reverse("h5p:bundle", args=[key, mark("goi", key), "-"]))


def content_address(content_hash: str) -> str:
    return _folder(reverse("h5p:content", args=[content_hash, mark("noi-dung", content_hash), "-"]))


def _folder(address: str) -> str:
    return address[: address.rindex("/") + 1]


@dataclass(frozen=True)
class Place:
    """An activity on a page. ``where`` is the page as the room above names it, or empty."""

    activity: int
    where: str = ""


def sign_place(place: Place) -> str:
    """Without a time, so that whole cached pages may hold it."""
    return signing.Signer(salt="media.h5p.place").sign_object([place.activity, place.where])


def read_place(text: str) -> Place:
    """Raises ``BadSignature``."""
    activity, where = signing.Signer(salt="media.h5p.place").unsign_object(text)
    return Place(int(activity), str(where))


@dataclass(frozen=True)
class Frame:
    """What a frame shows; without an attempt nothing is recorded."""

    version: int
    seed: str
    blind: bool
    attempt: uuid.UUID | None = None
    language: str = "vi"


def sign_frame(frame: Frame) -> str:
    value = [frame.version, frame.seed, frame.blind, str(frame.attempt or ""), frame.language]
    return signing.dumps(value, salt="media.h5p.frame")


def read_frame(text: str) -> Frame:
    """Raises ``BadSignature``, also when it is too old."""
    version, seed, blind, attempt, language = signing.loads(
        text, salt="media.h5p.frame", max_age=FRAME_SECONDS
    )
    return Frame(int(version), str(seed), bool(blind), uuid.UUID(attempt) if attempt else None, str(language))
