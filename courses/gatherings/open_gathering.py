"""Open a gathering from a plan: its steps are frozen, its code is free, its tokens are new."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare

from courses.gatherings.clock import moment, set_clock
from courses.gatherings.join_code import CODES, with_check_digit
from courses.gatherings.models import Gathering, Phase
from courses.gatherings.record_event import append_event
from lms.accounts.api import Person
from lms.organisations.api import Unit

_TRIES = 20


def open_gathering(
    title: str, steps: list[dict[str, Any]], unit: Unit, facilitator: Person | None, **fields: Any
) -> Gathering:
    """A gathering in its lobby with these frozen steps; tries again where another took the code."""
    for _attempt in range(_TRIES):
        gathering = Gathering(
            title=title, steps=steps, unit=unit, facilitator=facilitator, code=_free_code(), **fields
        )
        set_clock(gathering, moment())
        try:
            with transaction.atomic():
                gathering.save(force_insert=True)
                append_event(
                    gathering, "opened", {"title": title, "steps": len(steps), "unit": str(unit.uuid)}
                )
        except IntegrityError:
            continue
        return gathering
    raise RuntimeError("No free join code was found")


def grant_act_token(gathering: Gathering) -> str:
    """A new bearer token that may act in this gathering; an older one ends."""
    token = secrets.token_urlsafe(24)
    gathering.act_token_hash = _digest(token)
    gathering.save(update_fields=["act_token_hash"])
    return token


def is_act_token(gathering: Gathering, token: str) -> bool:
    kept = gathering.act_token_hash
    return bool(kept) and constant_time_compare(kept, _digest(token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _free_code() -> str:
    """A code that no gathering had, while there are such; at least one that none has now."""
    taken = Gathering.objects.all()
    for attempt in range(_TRIES):
        code = with_check_digit(secrets.randbelow(CODES))
        if attempt == _TRIES // 2:
            taken = taken.exclude(phase=Phase.ENDED)
        if not taken.filter(code=code).exists():
            break
    return code
