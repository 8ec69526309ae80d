"""Addresses of issuing."""

from __future__ import annotations

from django.urls import URLPattern, path

from assessments.certificates.issuing import batch_views, coaching_views

urlpatterns: list[URLPattern] = [
    path("dot-cap/", batch_views.batches, name="batches"),
    path("dot-cap/<uuid:batch_uuid>/", batch_views.batch, name="batch"),
    path("dot-cap/<uuid:batch_uuid>/lam-lai/", batch_views.try_again, name="batch_again"),
    path("dot-cap/<uuid:batch_uuid>/tep.zip", batch_views.archive, name="batch_archive"),
    path("dot-cap/<uuid:batch_uuid>/in.pdf", batch_views.print_file, name="batch_print"),
    path("huong-dan/", coaching_views.coaching, name="coaching"),
    path("huong-dan/thu-hoi/<int:coaching_id>/", coaching_views.take_back, name="coaching_take_back"),
    path("huong-dan/<str:token>/", coaching_views.consent, name="coaching_consent"),
]
