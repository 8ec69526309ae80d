"""What a check can say about one row, and in which group an officer looks for it."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A certificate whose last day is this near is told apart from the valid ones.
SOON_DAYS = 90


class Result(models.TextChoices):
    VALID = "valid", _("Certificate in force")
    DIACRITICS_DIFFER = "valid_diacritics_differ", _("In force, diacritics differ")
    EXPIRING = "expiring", _("Expires soon")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Withdrawn")
    SUPERSEDED = "superseded", _("Newer one exists")
    NAME_MISMATCH = "name_mismatch", _("Name does not match")
    UNKNOWN_CODE = "unknown_code", _("No such code")
    NOT_FOUND = "not_found", _("Not found")
    AMBIGUOUS = "ambiguous", _("Not clear who")


class Meaning(NamedTuple):
    """How a result looks, and what the officer can do about it."""

    result: Result
    kind: str
    icon: str
    advice: str | Promise


MEANINGS = (
    Meaning(
        Result.VALID,
        "t-ok",
        "check",
        _("We issued the certificate to this person and it is in force. Nothing to do."),
    ),
    Meaning(
        Result.DIACRITICS_DIFFER,
        "t-ok",
        "check",
        _("In force. The list writes the name with other diacritics; mend the list if you need it exact."),
    ),
    Meaning(
        Result.EXPIRING,
        "t-warn",
        "clock",
        _("In force today, but for 90 days at most. Ask the person to take the assessment again."),
    ),
    Meaning(
        Result.EXPIRED,
        "t-warn",
        "expired",
        _("It was genuine; its time is over. Ask for a newer one."),
    ),
    Meaning(
        Result.REVOKED,
        "t-bad",
        "close",
        _("We withdrew it. It cannot be used as proof."),
    ),
    Meaning(
        Result.SUPERSEDED,
        "t-info",
        "again",
        _("A newer certificate took its place. Ask the person for the code of the newer one."),
    ),
    Meaning(
        Result.NAME_MISMATCH,
        "t-bad",
        "person",
        _("The code or staff number belongs to another name or birth date. Compare the row with the paper."),
    ),
    Meaning(
        Result.UNKNOWN_CODE,
        "t-bad",
        "question",
        _("We issued no certificate under this code. Compare it with the paper, letter by letter."),
    ),
    Meaning(
        Result.NOT_FOUND,
        "",
        "search",
        _("Nobody of your units fits this row, or the person holds no certificate. Ask for the code."),
    ),
    Meaning(
        Result.AMBIGUOUS,
        "t-warn",
        "help",
        _("The row can mean more than one person, or says too little. Add code, staff number or birth date."),
    ),
)
BY_RESULT = {meaning.result: meaning for meaning in MEANINGS}


class Group(NamedTuple):
    """A filter above the table; every result stands in exactly one."""

    key: str
    label: str | Promise
    results: tuple[Result, ...]


GROUPS = (
    Group("con-hieu-luc", _("Certificate in force"), (Result.VALID, Result.DIACRITICS_DIFFER)),
    Group(
        "can-xem-lai",
        _("To look at"),
        (Result.NAME_MISMATCH, Result.UNKNOWN_CODE, Result.NOT_FOUND, Result.AMBIGUOUS),
    ),
    Group("sap-het-han", _("Expires soon"), (Result.EXPIRING,)),
    Group("khong-dung-duoc", _("Cannot be used"), (Result.EXPIRED, Result.REVOKED, Result.SUPERSEDED)),
)


def results_of(key: str) -> tuple[Result, ...]:
    """Results that a filter shows: of a group, one alone, or all for anything else."""
    for group in GROUPS:
        if group.key == key:
            return group.results
    return (Result(key),) if key in Result.values else tuple(Result)
