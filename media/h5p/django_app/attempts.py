"""Start an attempt, keep its state, record statements, finish it. Every write carries a UUID and is idempotent."""

from __future__ import annotations

import math
import uuid
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.accounts.api import Person
from media.h5p.django_app.admission import Admission
from media.h5p.django_app.blind_content import delivery, is_blind
from media.h5p.django_app.models import Activity, ActivityVersion, Attempt, Statement
from media.h5p.django_app.signed_addresses import Place
from media.h5p.errors import ResponseError
from media.h5p.scoring import Score, score
from media.h5p.xapi import Attempt as KnownAttempt
from media.h5p.xapi import normalize

MOST_BYTES = 64 * 1024
_MOST_STATEMENTS = 500
_LARGEST_NUMBER = 10**9


class AttemptRefused(Exception):
    """``code`` has a sentence in ``messages``."""

    def __init__(self, code: str, status: int = 409) -> None:
        self.code, self.status = code, status
        super().__init__(code)


def open_attempt(person: Person, activity: Activity) -> Attempt | None:
    """Where the person stopped, if the activity has not changed since."""
    mine = Attempt.objects.filter(person=person, version_id=activity.current_id, finished_at__isnull=True)
    return mine.first()


def start_attempt(
    attempt_uuid: uuid.UUID, person: Person, activity: Activity, place: Place, admitted: Admission
) -> Attempt:
    """The same UUID again is the same attempt; somebody else's is refused."""
    if activity.current is None:
        raise AttemptRefused("no-activity", 404)
    try:
        with transaction.atomic():
            attempt, _ = Attempt.objects.get_or_create(
                uuid=attempt_uuid,
                defaults={
                    "person": person,
                    "version": activity.current,
                    "place": place.where,
                    "enrolment": admitted.enrolment,
                    "blind": is_blind(activity.current),
                },
            )
    except IntegrityError:  # both requests of a double click came at once
        attempt = Attempt.objects.get(uuid=attempt_uuid)
    if attempt.person_id != person.pk or attempt.version.activity_id != activity.pk:
        raise AttemptRefused("foreign-attempt", 403)
    return attempt


def save_state(attempt: Attempt, number: int, state: Any) -> None:
    """``number`` counts the browser's savings, so that a late one never overwrites a newer one."""
    changed = Attempt.objects.filter(pk=attempt.pk, finished_at__isnull=True, state_number__lt=number)
    changed.update(state=state, state_number=number)


def record_statement(attempt: Attempt, statement_uuid: uuid.UUID, statement: object) -> None:
    """Raises ``StatementError``; beyond a bound nothing more is kept, whatever a library shouts."""
    made = normalize(statement, _known(attempt, statement_uuid))
    verb = made["verb"]["display"]["en-US"]
    with transaction.atomic():
        if attempt.statements.count() >= _MOST_STATEMENTS:
            raise AttemptRefused("too-many-statements", 429)
        kept, _ = Statement.objects.get_or_create(
            uuid=statement_uuid, defaults={"attempt": attempt, "verb": verb, "body": made}
        )
    if kept.attempt_id != attempt.pk:
        raise AttemptRefused("foreign-statement", 409)


def judged(version: ActivityVersion, seed: str, snapshot: object, *, blindly: bool) -> Score:
    """The score by the key that the server kept. Raises ``ResponseError``."""
    key = delivery(version.content, seed, blindly=blindly).key
    found = score(version.content.main_library.machine_name, key, snapshot)
    if not (math.isfinite(found.raw) and math.isfinite(found.maximum)):
        raise ResponseError("bad-response", "a score that is no number")
    return found


def finish_attempt(attempt: Attempt, result_uuid: uuid.UUID, snapshot: object, claimed: object) -> Attempt:
    """Scores from the key and what was done; the claim is kept beside it. Raises ``ResponseError``."""
    found = judged(attempt.version, str(attempt.uuid), snapshot, blindly=attempt.blind)
    claimed_raw, claimed_maximum = _claim(claimed)
    with transaction.atomic():
        fresh = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if fresh.finished_at is not None:
            if fresh.result_uuid == result_uuid:
                return fresh
            raise AttemptRefused("attempt-finished")
        if Attempt.objects.filter(result_uuid=result_uuid).exists():
            raise AttemptRefused("foreign-statement")
        fresh.finished_at = timezone.now()
        fresh.result_uuid, fresh.snapshot = result_uuid, snapshot
        fresh.raw, fresh.maximum, fresh.verified = found.raw, found.maximum, found.verified
        fresh.details = [asdict(detail) for detail in found.details[:500]]
        fresh.claimed_raw, fresh.claimed_maximum = claimed_raw, claimed_maximum
        fresh.mismatch = not fresh.blind and found.verified and _differs(found, claimed_raw, claimed_maximum)
        fresh.state = None
        fresh.save()
    return fresh


def _claim(claimed: object) -> tuple[float | None, float | None]:
    given = claimed if isinstance(claimed, dict) else {}
    return _number(given.get("raw")), _number(given.get("max"))


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST_NUMBER:
        return None
    return float(value)


def _differs(found: Score, raw: float | None, maximum: float | None) -> bool:
    return raw is not None and (raw != found.raw or maximum != found.maximum)


def _known(attempt: Attempt, statement_uuid: uuid.UUID) -> KnownAttempt:
    """The person is named by the attempt only: statements may be exported."""
    activity = attempt.version.activity
    now = timezone.now()
    return KnownAttempt(
        statement_id=statement_uuid,
        registration=attempt.uuid,
        home_page=settings.SITE_URL,
        account=str(attempt.uuid),
        activity=f"{settings.SITE_URL}/h5p/{activity.slug}/",
        title=activity.title,
        timestamp=now,
        stored=now,
    )


def counting_attempts(person: Person, activity_slug: str) -> list[Attempt]:
    """For completion rules that ask for a score: verified and blind ones only, oldest first."""
    mine = Attempt.objects.counting().filter(person=person, version__activity__slug=activity_slug)
    return list(mine.order_by("finished_at", "pk"))
