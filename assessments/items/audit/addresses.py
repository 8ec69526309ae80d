"""E11: no link that leads anywhere, no genuine address that is not known to be so. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assessments.items.audit.bank import Bank, id_of, parts, task_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.texts import pictures_of, texts_of
from assessments.items.verdict import Content

ALLOWED_HOSTS = frozenset({"dichvucong.gov.vn", "vneid.gov.vn", "binhdanhocvuso.gov.vn", "online.gov.vn"})
_LINK = re.compile(r"(?:https?://|href\s*=\s*[\"']?(?:https?:)?//)([^\s/“”\"'<>()]+)", re.IGNORECASE)
# Reserved for examples (RFC 2606): nobody can register it, so nobody is led anywhere.
_NOWHERE = ".example"


def faults(bank: Bank) -> Iterator[Fault]:
    for content in [*bank.audited, *bank.lessons]:
        fakes = {
            f"addresses.{one.get('id')}.text"
            for one in parts(content, "addresses")
            if one.get("genuine") is False
        }
        for field, text in [*texts_of(content), *_codes(content)]:
            for host in _LINK.findall(text):
                if field not in fakes and not _may_be_named(host):
                    yield Fault("E11", id_of(content), field, f"links to {host}")
        for one in parts(content, "addresses"):
            if one.get("genuine") is True and _host(str(one.get("text"))) not in ALLOWED_HOSTS:
                yield Fault(
                    "E11", id_of(content), f"addresses.{one.get('id')}", f"{one.get('text')} is not known"
                )
        for field, picture in pictures_of(content):
            if "//" in str(picture.get("file", picture.get("src", ""))):
                yield Fault("E11", id_of(content), field, "comes from another host")


def _may_be_named(host: str) -> bool:
    plain = host.casefold().rstrip(".,;:!?")
    return plain in ALLOWED_HOSTS or plain.endswith(_NOWHERE)


def _host(address: str) -> str:
    return re.sub(r"^https?://", "", address.strip().casefold()).split("/")[0]


def _codes(content: Content) -> Iterator[tuple[str, str]]:
    """Addresses inside QR codes of a task."""
    for screen in parts(task_of(content), "screens"):
        for element in parts(screen, "elements"):
            for part in [element, *parts(element, "options")]:
                if "qr" in part:
                    yield f"screens.{screen.get('id')}.{part.get('key', part.get('id'))}", str(part["qr"])
