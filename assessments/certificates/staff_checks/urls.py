"""Addresses of staff checks, under /can-bo/."""

from __future__ import annotations

from django.urls import path

from assessments.certificates.staff_checks import staff_views, views

app_name = "staff_checks"
urlpatterns = [
    path("", views.checks, name="checks"),
    path("gui/", views.send_list, name="send_list"),
    path("lan/<uuid:check_uuid>/", views.check_page, name="check"),
    path("lan/<uuid:check_uuid>/bang.xlsx", views.table_file, {"kind": "xlsx"}, name="xlsx"),
    path("lan/<uuid:check_uuid>/bang.csv", views.table_file, {"kind": "csv"}, name="csv"),
    path("lan/<uuid:check_uuid>/bao-cao.json", views.report_file, name="report"),
    path("lan/<uuid:check_uuid>/xoa/", views.delete_list, name="delete_list"),
    path("nhan-su/", staff_views.overview, name="overview"),
    path("nhan-su/bang.xlsx", staff_views.overview_file, name="overview_file"),
    path("thong-bao/", staff_views.notices, name="notices"),
    path("thong-bao/da-xem/", staff_views.read_notices, name="read_notices"),
    path("thong-bao/<uuid:unit_uuid>/thoi/", staff_views.end_subscription, name="end_subscription"),
    path("khoa/", staff_views.tokens, name="tokens"),
    path("khoa/<uuid:token_uuid>/thu-hoi/", staff_views.withdraw_token, name="withdraw_token"),
]
