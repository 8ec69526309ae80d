"""The public contract of addresses. Machine addresses have no language; pages exist in Vietnamese and under /en/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms.accounts.admin_account import own_account
from lms.health import healthz, metrics, readyz
from lms.uploads import public_upload

handler400 = "lms.theme.errors.bad_request"
handler403 = "lms.theme.errors.forbidden"
handler404 = "lms.theme.errors.not_found"
handler500 = "lms.theme.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("quan-tri/tai-lieu/", include(wagtaildocs_urls)),
    path("quan-tri/account/", own_account),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("api/v1/", include("lms.api_urls")),
    path("tep/<path:path>", public_upload, name="upload"),
    path("h5p/", include("media.h5p.django_app.urls")),
    path("", include("assessments.certificates.credentials.urls")),
    path("", include("lms.theme.urls")),
]
urlpatterns += i18n_patterns(
    path("tai-khoan/", include("lms.accounts.urls")),
    path("don-vi/", include("lms.organisations.urls")),
    path("danh-gia/", include("assessments.sittings.urls")),
    path("", include("assessments.certificates.urls")),
    path("so-lieu/", include("assessments.proficiency.urls")),
    path("", include("courses.gatherings.urls")),
    path("", include("courses.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
