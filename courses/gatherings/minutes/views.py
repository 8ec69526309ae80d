"""Minutes of a gathering: edit, sign, hand in, take home. For those who may lead it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.gatherings.led_gathering import leader_of, led_gathering
from courses.gatherings.may_lead import LEADING_ROLES
from courses.gatherings.minutes.edit_form import MinutesForms
from courses.gatherings.minutes.fault_words import fault_words
from courses.gatherings.minutes.keep_minutes import (
    MinutesRefused,
    form_of,
    hand_in,
    minutes_of,
    papers_of,
    record_of,
    save_draft,
    sign,
)
from courses.gatherings.minutes.scoring_words import scoring_rows
from courses.gatherings.minutes.stored import details_from_json
from courses.gatherings.minutes.wording import PARTY, paper
from courses.gatherings.models import Minutes, MinutesState, Phase
from lms.organisations.api import role_required
from lms.vietnamese import folded

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@never_cache
@role_required(*LEADING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, gathering_uuid: uuid.UUID) -> HttpResponse:
    gathering = led_gathering(request, gathering_uuid)
    minutes = minutes_of(gathering)
    data = request.POST if request.method == "POST" else None
    forms = MinutesForms(details_from_json(minutes.details), minutes.form, minutes.version, data)
    if data is None:
        return _page(request, minutes, forms)
    if not forms.is_valid():
        return _page(request, minutes, forms, 400)
    said = forms.main.cleaned_data
    try:
        save_draft(gathering, forms.details, said["form"], said["version"], leader_of(request))
    except MinutesRefused as refused:
        forms.main.add_error(None, fault_words(refused.reason))
        return _page(request, minutes, forms, 409)
    messages.success(request, _("The minutes are saved."))
    return redirect("gatherings:minutes", gathering_uuid=gathering.uuid)


@role_required(*LEADING_ROLES)
@require_POST
def sign_now(request: HttpRequest, gathering_uuid: uuid.UUID) -> HttpResponse:
    gathering = led_gathering(request, gathering_uuid)
    try:
        sign(gathering, leader_of(request))
    except MinutesRefused as refused:
        for reason in refused.faults or (refused.reason,):
            messages.error(request, fault_words(reason))
    else:
        messages.success(request, _("The minutes are signed. They cannot be changed any more."))
    return redirect("gatherings:minutes", gathering_uuid=gathering.uuid)


@role_required(*LEADING_ROLES)
@require_POST
def hand_in_now(request: HttpRequest, gathering_uuid: uuid.UUID) -> HttpResponse:
    gathering = led_gathering(request, gathering_uuid)
    try:
        hand_in(gathering, leader_of(request))
    except MinutesRefused as refused:
        messages.error(request, fault_words(refused.reason))
    else:
        messages.success(request, _("The minutes are handed in."))
    return redirect("gatherings:minutes", gathering_uuid=gathering.uuid)


@never_cache
@role_required(*LEADING_ROLES)
@require_safe
def download(request: HttpRequest, gathering_uuid: uuid.UUID, kind: str) -> HttpResponse:
    if kind not in _TYPES:
        raise Http404
    gathering = led_gathering(request, gathering_uuid)
    minutes = minutes_of(gathering)
    papers = papers_of(minutes)
    content = papers.docx if kind == "docx" else papers.pdf
    day = record_of(minutes).started_at
    name = f"bien-ban-{day:%Y-%m-%d}-{slugify(folded(gathering.title))[:60]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_TYPES[kind], headers=headers)


def _page(request: HttpRequest, minutes: Minutes, forms: MinutesForms, status: int = 200) -> HttpResponse:
    record = record_of(minutes)
    form = form_of(minutes)
    context: dict[str, Any] = {
        "gathering": minutes.gathering,
        "minutes": minutes,
        "forms": forms,
        "lists": [
            (_("Absent"), _("An empty name removes the row."), forms.absent),
            (
                _("What people said"),
                _("One row for each person who spoke. Save to get more rows."),
                forms.opinions,
            ),
            (_("Tasks given"), _("What, who, by which day. Save to get more rows."), forms.tasks),
        ],
        "record": record,
        "paper": paper(record, form.kind),
        "paper_form": form,
        "is_draft": minutes.state == MinutesState.DRAFT,
        "is_ended": minutes.gathering.phase == Phase.ENDED,
        "faults": [fault_words(fault) for fault in record.contradictions()] if minutes.pk else [],
        "scoring": scoring_rows(record, minutes) if form.kind == PARTY else [],
    }
    return render(request, "gatherings/minutes/edit.html", context, status=status)
