"""Addresses of this room, under /danh-gia/."""

from __future__ import annotations

from django.urls import include, path

from assessments.sittings import views

app_name = "sittings"
urlpatterns = [
    path("", views.assessments, name="list"),
    path("", include("assessments.sittings.trace.urls")),
    path("luot/<uuid:sitting_uuid>/", views.sitting, name="sitting"),
    path("luot/<uuid:sitting_uuid>/tra-loi/", views.answer, name="answer"),
    path("luot/<uuid:sitting_uuid>/ket-thuc/", views.finish, name="finish"),
    path("luot/<uuid:sitting_uuid>/ket-qua/", views.result, name="result"),
    path("<slug:slug>/", views.assessment, name="assessment"),
    path("<slug:slug>/bat-dau/", views.start, name="start"),
]
