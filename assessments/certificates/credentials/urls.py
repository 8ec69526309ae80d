"""Addresses for machines; they have no language."""

from __future__ import annotations

from django.urls import URLPattern, path

from assessments.certificates.credentials import views

app_name = "credentials"
urlpatterns: list[URLPattern] = [
    path(".well-known/did.json", views.did, name="did"),
    path(".well-known/jwks.json", views.jwks, name="jwks"),
    path("keys/<str:name>.json", views.single_key, name="key"),
    path("status/<int:number>", views.status_list, name="status"),
    path("achievements/<slug:key>/<int:version>", views.achievement, name="achievement"),
]
