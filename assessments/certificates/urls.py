"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from assessments.certificates import views
from assessments.certificates.verifying import offline, share_views
from assessments.certificates.verifying import views as verifying

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("c/<str:code>", verifying.certificate_page, name="page"),
    path("c/<str:code>/", verifying.certificate_page),
    path("chung-nhan/", verifying.code_form, name="form"),
    path("chung-nhan/tep/", verifying.check_file, name="file"),
    path("chung-nhan/ngoai-mang/", offline.page, name="offline"),
    path("chung-nhan/ngoai-mang/ung-dung.json", offline.manifest, name="offline_manifest"),
    path("chung-nhan/ngoai-mang/nen.js", offline.worker, name="offline_worker"),
    path("chung-nhan/ngoai-mang/du-lieu.json", offline.known, name="offline_data"),
    path("chung-nhan/<str:code>/chia-se/", share_views.share_links, name="share"),
    path("chung-nhan/<str:code>/chia-se/<uuid:link>/thu-hoi/", share_views.withdraw, name="withdraw_share"),
    path("chung-nhan/", include("assessments.certificates.issuing.urls")),
    path("can-bo/", include("assessments.certificates.staff_checks.urls")),
    path("chung-nhan/<str:code>/pdf", views.certificate_file, name="pdf"),
]
