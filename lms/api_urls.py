"""The machine interface at /api/v1/: each room adds its router here."""

from __future__ import annotations

from django.urls import path
from ninja import NinjaAPI

api = NinjaAPI(
    title="Bình dân học vụ số Lâm Đồng",
    version="1",
    urls_namespace="api-v1",
    openapi_url="/openapi.json",
    docs_url="/docs",
)
api.add_router("", "assessments.certificates.verifying.api.router")
api.add_router("", "assessments.certificates.staff_checks.machine_interface.router")

urlpatterns = [path("", api.urls)]
