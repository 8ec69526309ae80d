"""/can-bo/: send a list, confirm its columns, watch, read and take away the results. For HR officers."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.certificates.staff_checks.access import officer_of, units_of
from assessments.certificates.staff_checks.forms import ColumnsForm, ListForm
from assessments.certificates.staff_checks.keep_list import (
    Sender,
    begin_check,
    give_to_worker,
    keep_list,
    stands_still,
)
from assessments.certificates.staff_checks.listed_rows import MOST_ROWS
from assessments.certificates.staff_checks.models import CheckState, StaffCheck, StaffCheckRow, StaffNotice
from assessments.certificates.staff_checks.notes import note
from assessments.certificates.staff_checks.purge_lists import kept_days, purge_list
from assessments.certificates.staff_checks.report import signed_report
from assessments.certificates.staff_checks.results import BY_RESULT, GROUPS, MEANINGS, Result, results_of
from assessments.certificates.staff_checks.tables import RESULT_WIDTHS, csv_bytes, result_table, xlsx_bytes
from lms.organisations.api import STAFF_CHECK_ROLES, BadFile, read_rows, role_required, units_visible_to

_PER_PAGE = 50
_RELOAD_SECONDS = 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """The officer's own checks, newest first."""
    officer = officer_of(request)
    mine = StaffCheck.objects.filter(created_by=officer).select_related("unit")
    context = {
        "page": Paginator(mine, 20).get_page(request.GET.get("trang")),
        "unread": StaffNotice.objects.filter(person=officer, read_at__isnull=True).count(),
        "days": kept_days(),
    }
    return render(request, "certificates/staff_checks/checks.html", context)


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def send_list(request: HttpRequest) -> HttpResponse:
    units = units_of(request)
    form = ListForm(units=units)
    if request.method == "POST":
        form = ListForm(request.POST, request.FILES, units=units)
        check = _kept(request, form) if form.is_valid() else None
        if check is not None:
            return redirect("certificates:staff_checks:check", check_uuid=check.uuid)
    context = {"form": form, "days": kept_days()}
    status = 400 if form.is_bound else 200
    return render(request, "certificates/staff_checks/send_list.html", context, status=status)


def _kept(request: HttpRequest, form: ListForm) -> StaffCheck | None:
    """None when the list cannot be read; the form says why."""
    data = form.cleaned_data
    sender = Sender(officer_of(request), data["unit"], data["purpose"], data["legal_basis"])
    try:
        check = keep_list(sender, data["check_uuid"], data["file"].name, data["file"].read())
    except BadFile as problem:
        form.add_error("file", str(problem))
        return None
    if check.created_by_id != sender.person.pk:
        form.add_error(None, _("Open this page again and send the list once more."))
        return None
    return check


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest, check_uuid: uuid.UUID) -> HttpResponse:
    """One address for the life of a check: columns, progress, results, what stays after the purge."""
    check = own_check(request, check_uuid)
    if check.state == CheckState.UPLOADED:
        return _columns(request, check)
    if request.method == "POST":
        return redirect("certificates:staff_checks:check", check_uuid=check.uuid)
    if check.state == CheckState.DONE:
        return _results(request, check)
    if stands_still(check):
        give_to_worker(check)
    working = check.state == CheckState.RUNNING
    context = {"check": check, "working": working, "groups": _groups(check), "meanings": MEANINGS}
    response = render(request, "certificates/staff_checks/progress.html", context)
    if working:
        # Reloads itself without JavaScript.
        response.headers["Refresh"] = str(_RELOAD_SECONDS)
    return response


def own_check(request: HttpRequest, check_uuid: uuid.UUID) -> StaffCheck:
    """404 for checks of others, and for units that the officer has left."""
    units = units_visible_to(request.user, *STAFF_CHECK_ROLES)
    mine = StaffCheck.objects.filter(created_by=officer_of(request), unit__in=units)
    return get_object_or_404(mine.select_related("unit"), uuid=check_uuid)


def _columns(request: HttpRequest, check: StaffCheck) -> HttpResponse:
    with check.file.open("rb") as stream:
        cells = read_rows(check.file_name, stream.read(), MOST_ROWS)
    form = ColumnsForm(request.POST or None, cells=cells, heading=check.heading_row, guessed=check.columns)
    if form.is_bound and form.is_valid():
        begin_check(check, form.columns())
        return redirect("certificates:staff_checks:check", check_uuid=check.uuid)
    below = cells[check.heading_row + 1 :]
    context = {
        "check": check,
        "form": form,
        "heads": cells[check.heading_row] if check.heading_row >= 0 else [],
        "sample": below[:5],
        "rows": sum(any(row) for row in below),
    }
    status = 400 if form.is_bound else 200
    return render(request, "certificates/staff_checks/columns.html", context, status=status)


def _results(request: HttpRequest, check: StaffCheck) -> HttpResponse:
    shown = request.GET.get("loc", "")
    rows = StaffCheckRow.objects.filter(check_of=check, result__in=results_of(shown)).order_by("row")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "check": check,
        "page": page,
        "lines": [(row, BY_RESULT[Result(row.result)], note(row)) for row in page],
        "shown": shown,
        "groups": _groups(check),
        "meanings": [(meaning, check.counts.get(meaning.result, 0)) for meaning in MEANINGS],
        "days": kept_days(),
    }
    return render(request, "certificates/staff_checks/results.html", context)


def _groups(check: StaffCheck) -> list[tuple[str, object, int]]:
    return [
        (group.key, group.label, sum(check.counts.get(result, 0) for result in group.results))
        for group in GROUPS
    ]


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_safe
def table_file(request: HttpRequest, check_uuid: uuid.UUID, kind: str) -> HttpResponse:
    """The rows that the filter shows, as XLSX or CSV."""
    check = _done(request, check_uuid)
    table = result_table(check, results_of(request.GET.get("loc", "")))
    if kind == "csv":
        return _attached(csv_bytes(table), "text/csv; charset=utf-8", check, "csv")
    return _attached(xlsx_bytes("Kết quả", table, RESULT_WIDTHS), XLSX, check, "xlsx")


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_safe
def report_file(request: HttpRequest, check_uuid: uuid.UUID) -> HttpResponse:
    """Every row, signed, with the moment and the hash of the list."""
    check = _done(request, check_uuid)
    return _attached(signed_report(check), "application/jose+json", check, "json")


@never_cache
@role_required(*STAFF_CHECK_ROLES)
@require_POST
def delete_list(request: HttpRequest, check_uuid: uuid.UUID) -> HttpResponse:
    """Sooner than the setting does it; pressed twice, it deletes once."""
    check = own_check(request, check_uuid)
    if check.purged_at is None:
        purge_list(check)
    return redirect("certificates:staff_checks:check", check_uuid=check.uuid)


def _done(request: HttpRequest, check_uuid: uuid.UUID) -> StaffCheck:
    check = own_check(request, check_uuid)
    return get_object_or_404(StaffCheck.objects.select_related("unit"), pk=check.pk, state=CheckState.DONE)


def _attached(content: bytes, kind: str, check: StaffCheck, ending: str) -> HttpResponse:
    name = slugify(f"kiem-tra-can-bo-{check.created_at:%Y-%m-%d}")
    return attachment(content, kind, f"{name}.{ending}")


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
