"""Once a year a new key signs; what the old ones signed stays valid."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from assessments.certificates.signing.keys import rotate_key
from assessments.certificates.signing.models import KeyPlace, KeyUse, SigningKey

LIFE = dt.timedelta(days=365)


def rotate_old_keys() -> list[SigningKey]:
    """Keys in files only: those on a token or in a service are made there, by people."""
    old = SigningKey.objects.filter(
        place=KeyPlace.FILE,
        retired_at__isnull=True,
        compromised_at__isnull=True,
        created_at__lte=timezone.now() - LIFE,
    )
    return [rotate_key(KeyUse(key.use)) for key in old]
