"""What somebody learned before signing in becomes theirs.

Hooked to Django's ``user_logged_in``: accounts stands below this room and may not call it, and every way of signing
in (password, card, sign-up) sends this one signal. Everywhere else a plain call is used.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from courses.go_on import go_on
from courses.models import LessonPage
from courses.progress import SESSION_KEY, session_states
from lms.accounts.api import Person


def claim(request: HttpRequest, person: Person) -> None:
    """Hand the session's progress over and forget it there."""
    states = session_states(request.session)
    if not states:
        return
    for lesson in LessonPage.objects.live().filter(pk__in=states):
        go_on(person, lesson, states[lesson.pk])
    del request.session[SESSION_KEY]


def listen() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="courses.claim_progress")


def _signed_in(sender: object, request: HttpRequest | None, user: Person, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        claim(request, user)
