"""What the presenter's page posts beside acts: cards, hand counts, people in the hall, what the big screen may show."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from courses.gatherings.answer_cards import MOST_CARDS_TOGETHER, CardReading, read_cards
from courses.gatherings.bus import publish
from courses.gatherings.hall_post import BadPost, Posted, text_field, uuid_field, whole_number
from courses.gatherings.join import JoinRefused, seat_by_code
from courses.gatherings.lead_views import actor_of, back_to_presenter, is_page, leading
from courses.gatherings.models import CountedBy, Gathering, HandCount, Seat, Via
from courses.gatherings.record_event import locked
from courses.gatherings.request_fields import request_fields
from courses.gatherings.tally import Counted, CountRefused, confirm_tally, count_people, record_tally


@require_POST
@leading
def cards_view(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    """``{"batch_uuid", "position", "round", "cards": {"12": "B"}, "via": "card|paper"}``, or a form with card_12=B."""
    try:
        fields = request_fields(request)
        reading = CardReading(
            uuid_field(fields, "batch_uuid"),
            whole_number(fields, "position"),
            whole_number(fields, "round"),
            _card_values(fields),
            Via.PAPER if text_field(fields, "via") == Via.PAPER else Via.CARD,
        )
    except BadPost as bad:
        return JsonResponse({"error": bad.reason}, status=400)
    return _done(
        request, {"cards": {str(card): said for card, said in read_cards(gathering, reading).items()}}
    )


@require_POST
@leading
def tally_view(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    """``{"tally_uuid", "position", "round", "counts": {"A": 5}, "way": "hands|paper"}``, or a form with count_A=5."""
    try:
        fields = request_fields(request)
        counted = Counted(
            uuid_field(fields, "tally_uuid"),
            whole_number(fields, "position"),
            whole_number(fields, "round"),
            _numbers(_parts(fields, "counts", "count_")),
            text_field(fields, "way") or CountedBy.HANDS,
        )
        tally = record_tally(gathering, counted, actor_of(request))
    except (BadPost, CountRefused) as bad:
        return _refused(request, bad.reason)
    return _done(request, {"tally": str(tally.uuid), "total": tally.total, "confirmed": False})


@require_POST
@leading
def confirm_tally_view(request: HttpRequest, gathering: Gathering, tally_uuid: uuid.UUID) -> HttpResponse:
    """``{"seat_code"}`` or ``{"seat"}`` (its number) of somebody in the hall; else the one who is signed in."""
    tally = HandCount.objects.filter(gathering=gathering, uuid=tally_uuid).first()
    if tally is None:
        raise Http404
    try:
        fields = request_fields(request)
        confirmed = confirm_tally(tally, actor_of(request), _confirming_seat(gathering, fields))
    except (BadPost, CountRefused, JoinRefused) as bad:
        return _refused(request, bad.reason)
    return _done(request, {"tally": str(confirmed.uuid), "total": confirmed.total, "confirmed": True})


@require_POST
@leading
def people_view(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    """``{"people"}``: everybody in the hall."""
    try:
        people = whole_number(request_fields(request), "people")
        count_people(gathering, people)
    except (BadPost, CountRefused) as bad:
        return _refused(request, bad.reason)
    return _done(request, {"people": people})


@require_POST
@leading
def screen_view(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    """``{"show_names", "silent"}``: 1 or 0; what is not named stays."""
    try:
        fields = request_fields(request)
        chosen = {
            name: whole_number(fields, name) == 1 for name in ("show_names", "silent") if name in fields
        }
    except BadPost as bad:
        return _refused(request, bad.reason)
    with transaction.atomic():
        row = locked(gathering.pk)
        for name, value in chosen.items():
            setattr(row, name, value)
        row.save(update_fields=list(chosen))
        transaction.on_commit(lambda: publish(row.pk))
    return _done(request, {"show_names": row.show_names, "silent": row.silent})


def _card_values(fields: Posted) -> dict[int, str]:
    parts = _parts(fields, "cards", "card_")
    if len(parts) > MOST_CARDS_TOGETHER:
        raise BadPost("cards")
    found: dict[int, str] = {}
    for card, value in parts.items():
        if not (card.isascii() and card.isdigit() and len(card) <= 3 and isinstance(value, str)):
            raise BadPost("cards")
        if value:  # an empty field of the grid: the card was not seen
            found[int(card)] = value
    return found


def _parts(fields: Posted, name: str, prefix: str) -> Mapping[str, Any]:
    """A JSON object, or the fields of a form that begin with the prefix."""
    if name in fields:
        parts = fields[name]
        if not isinstance(parts, dict):
            raise BadPost(name)
        return parts
    return {key.removeprefix(prefix): value for key, value in fields.items() if key.startswith(prefix)}


def _numbers(parts: Mapping[str, Any]) -> dict[str, int]:
    return {option: whole_number(parts, option) for option, given in parts.items() if given != ""}


def _confirming_seat(gathering: Gathering, fields: Posted) -> Seat | None:
    if fields.get("seat_code"):
        return seat_by_code(gathering, text_field(fields, "seat_code"))
    if not fields.get("seat"):
        return None
    seat = Seat.objects.filter(gathering=gathering, number=whole_number(fields, "seat")).first()
    if seat is None:
        raise BadPost("seat")
    return seat


def _done(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    return back_to_presenter(request) if is_page(request) else JsonResponse(said)


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return (
        back_to_presenter(request, reason)
        if is_page(request)
        else JsonResponse({"error": reason}, status=400)
    )
