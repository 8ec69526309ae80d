"""The gathering of an address, for somebody who may lead it; 404 for all others, as if it were not there."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest

from courses.gatherings.may_lead import may_lead
from courses.gatherings.models import Gathering
from lms.accounts.api import Person


def led_gathering(request: HttpRequest, gathering_uuid: uuid.UUID) -> Gathering:
    gathering = (
        Gathering.objects.select_related("unit", "facilitator", "plan").filter(uuid=gathering_uuid).first()
    )
    if gathering is None or not may_lead(request.user, gathering):
        raise Http404
    return gathering


def leader_of(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user
