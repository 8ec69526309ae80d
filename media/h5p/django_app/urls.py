"""Addresses of this room; none has a language, so that files are kept once."""

from __future__ import annotations

from django.urls import path

from media.h5p.django_app import asset_views, attempt_views, frame_views, open_views

app_name = "h5p"
urlpatterns = [
    path("bat-dau/", attempt_views.start, name="start"),
    path("luot/<uuid:attempt_uuid>/trang-thai/", attempt_views.state, name="state"),
    path("luot/<uuid:attempt_uuid>/phat-bieu/", attempt_views.statement, name="statement"),
    path("luot/<uuid:attempt_uuid>/ket-qua/", attempt_views.result, name="result"),
    path("cham/", attempt_views.judge, name="judge"),
    path("mo/<str:place>/", open_views.open_unrecorded, name="open"),
    path("khung/<str:signed>/", frame_views.frame, name="frame"),
    path("goi/<str:key>/<str:mark>/<path:path>", asset_views.bundle_file, name="bundle"),
    path("noi-dung/<str:content_hash>/<str:mark>/<path:path>", asset_views.content_file, name="content"),
]
