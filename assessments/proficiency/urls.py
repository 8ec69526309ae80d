"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from assessments.proficiency import views

app_name = "proficiency"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("quan-ly/", include("assessments.proficiency.groups.urls")),
    path("<slug:slug>/", views.unit_page, name="unit"),
    path("<slug:slug>/in/", views.unit_print, name="print"),
    path("<slug:slug>/giai-thich/", views.explain, name="explain"),
    path("<slug:slug>/bang.csv", views.unit_csv, name="csv"),
    path("<slug:slug>/bang.xlsx", views.unit_xlsx, name="xlsx"),
]
