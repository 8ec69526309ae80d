"""The holder's link for one reader: signed, for some days, withdrawn at will. It shows the full name."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from assessments.certificates.models import Certificate, ShareLink

DAYS = (7, 30, 90)
MOST_OPEN = 20
_SALT = "certificates.share"
_LONGEST = 200


class TooManyLinks(Exception):
    """Some of the open ones must be withdrawn first."""


def make_share_link(certificate: Certificate, days: int, link_uuid: uuid.UUID) -> ShareLink:
    """The same ``link_uuid`` twice makes one link."""
    known = ShareLink.objects.filter(uuid=link_uuid, certificate=certificate).first()
    if known is not None:
        return known
    if open_links(certificate).count() >= MOST_OPEN:
        raise TooManyLinks
    end = timezone.now() + dt.timedelta(days=days)
    link, _ = ShareLink.objects.get_or_create(
        uuid=link_uuid, defaults={"certificate": certificate, "expires_at": end}
    )
    return link


def withdraw_share_link(certificate: Certificate, link_uuid: uuid.UUID) -> bool:
    links = ShareLink.objects.filter(certificate=certificate, uuid=link_uuid, revoked_at__isnull=True)
    return bool(links.update(revoked_at=timezone.now()))


def open_links(certificate: Certificate) -> QuerySet[ShareLink]:
    """Those that still open the name."""
    return ShareLink.objects.filter(
        certificate=certificate, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )


def token_of(link: ShareLink) -> str:
    return signing.Signer(salt=_SALT).sign(link.uuid.hex)


def opens(token: str, certificate: Certificate) -> bool:
    """A forged, foreign, expired and withdrawn token all say the same: no."""
    if len(token) > _LONGEST:
        return False
    try:
        link_uuid = uuid.UUID(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return False
    return open_links(certificate).filter(uuid=link_uuid).exists()
