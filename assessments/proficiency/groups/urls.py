"""Addresses of those who look after the figures, under /so-lieu/quan-ly/."""

from __future__ import annotations

from django.urls import path

from assessments.proficiency.groups import views

urlpatterns = [
    path("dan-so/", views.residents, name="residents"),
    path("mau/", views.samples, name="samples"),
    path("mau/<uuid:sample_uuid>/", views.sample_page, name="sample"),
    path("mau/<uuid:sample_uuid>/tra-loi/", views.reply, name="sample_reply"),
]
