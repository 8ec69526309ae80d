"""E10: no number, card, account or name that could be somebody's. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assessments.items import qr_payload
from assessments.items.audit.bank import Bank, id_of, parts, task_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.texts import texts_of
from assessments.items.verdict import Content
from lms import vietnamese

ALLOWED_NUMBERS = frozenset({"156", "5656", "19000368"})
_AMOUNT = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?![\d]|\.\d)")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})(?!\d)")
_GAP = re.compile(r"(?<=\d)[ .\-\u00a0](?=\d)")
_DIGITS = re.compile(r"(?<![\w])\+?\d+(?!\w)")
_PHONE = re.compile(r"(?:0|\+84)[35789]\d{8}|1[89]00\d{4,6}")
_HOTLINE = re.compile(
    r"\b(?:gọi|nhắn)\b[^.?!;\n]{0,20}?(?<![\d.])(\d{3,5})(?![\d.]*\d| ?(?:đồng|nghìn|triệu|lần|giờ))",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TRAINING_ID, _TRAINING_ACCOUNT = "999", "000000"
# Ten digits that no network of Vietnam gives out: the telephone numbers of invented people.
_TRAINING_PHONE = re.compile(r"0600000\d{3}")


def faults(bank: Bank) -> Iterator[Fault]:
    for content in [*bank.audited, *bank.lessons]:
        for field, text in texts_of(content):
            for message in _problems(text, bank.public_persons):
                yield Fault("E10", id_of(content), field, message)
            # A web address may hide its host behind an @; it is no letter box.
            for mail in [] if field.startswith("addresses.") else _MAIL.findall(text):
                if not mail.endswith(".example"):
                    yield Fault("E10", id_of(content), field, f"“{mail}” does not end in .example")
        for field, payload in _payloads(content):
            if not _is_training(payload):
                yield Fault(
                    "E10", id_of(content), field, "is not a training code (BIN 999999 and a wrong CRC)"
                )


def _problems(text: str, public_persons: Sequence[str]) -> Iterator[str]:
    plain = _GAP.sub("", _DATE.sub(" ", _AMOUNT.sub(" ", text)))
    for digits in _DIGITS.findall(plain):
        kind = _looks_like(digits)
        if kind:
            yield f"“{digits}” looks like {kind}"
    for number in _HOTLINE.findall(plain):
        if number not in ALLOWED_NUMBERS:
            yield f"“{number}” is not a number that may be called"
    folded = vietnamese.folded(text)
    for name in public_persons:
        if re.search(rf"\b{re.escape(vietnamese.folded(name))}\b", folded):
            yield f"names the public person {name}"


def _looks_like(digits: str) -> str:
    """What the digits could be; empty when they are nobody's."""
    if digits in ALLOWED_NUMBERS or _TRAINING_PHONE.fullmatch(digits):
        return ""
    if _PHONE.fullmatch(digits):
        return "a telephone number"
    if len(digits) == 12:
        return "" if digits.startswith((_TRAINING_ID, _TRAINING_ACCOUNT)) else "an identity number"
    if digits.startswith(_TRAINING_ACCOUNT) or not 8 <= len(digits) <= 19:
        return ""
    return "a bank card" if len(digits) == 16 and _luhn(digits) else "an account number"


def _luhn(digits: str) -> bool:
    doubled = [int(one) * (2 if place % 2 else 1) for place, one in enumerate(reversed(digits.lstrip("+")))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def _payloads(content: Content) -> Iterator[tuple[str, str]]:
    """Codes of a bank; a code that opens a page is no payment and is checked as an address."""
    if "payload" in content:
        yield "payload", str(content["payload"])
    for screen in parts(task_of(content), "screens"):
        for element in parts(screen, "elements"):
            for part in [element, *parts(element, "options")]:
                if str(part.get("qr", "")).startswith("0002"):
                    yield f"screens.{screen.get('id')}.{part.get('key', part.get('id'))}", str(part["qr"])


def _is_training(payload: str) -> bool:
    try:
        return qr_payload.is_training(payload)
    except qr_payload.PayloadError:
        return False
