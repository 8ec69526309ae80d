"""Content security policy by part of the site: strict for people, looser for the Wagtail admin.

The admin renders widgets with inline scripts and styles; learners never load it.
"""

from __future__ import annotations

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PartitionedCSPMiddleware(CSPMiddleware):
    """The strict policy everywhere, ``ADMIN_CONTENT_SECURITY_POLICY`` under the admin."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith("/quan-tri/"):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
