"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from assessments.certificates import views

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("c/<str:code>", views.certificate_page, name="page"),
    path("c/<str:code>/", views.certificate_page),
    path("chung-nhan/", views.code_form, name="form"),
    path("chung-nhan/<str:code>/pdf", views.certificate_file, name="pdf"),
]
