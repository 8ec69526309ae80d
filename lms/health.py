"""Liveness, readiness and metrics for operators and the proxy."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

LOW_DISK_BYTES = 200 * 1024 * 1024


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


def _database_ready() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _queue_ready() -> bool:
    from lms.celery import app

    if str(settings.CELERY_BROKER_URL).startswith(("filesystem:", "memory:")):
        return True
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return True


def _cache_ready() -> bool:
    cache.set("readyz", "1", 10)
    return bool(cache.get("readyz") == "1")


def _disk_ready() -> bool:
    return shutil.disk_usage(settings.ROOT).free > LOW_DISK_BYTES


CHECKS = {"database": _database_ready, "queue": _queue_ready, "cache": _cache_ready, "disk": _disk_ready}


def readyz(request: HttpRequest) -> HttpResponse:
    """Database migrated, queue and cache reachable, disk not full: 200, else 503 naming what is not."""
    state = {}
    for name, check in CHECKS.items():
        try:
            state[name] = "ok" if check() else "not ready"
        except Exception:  # any failure of a part means that the part is not ready
            state[name] = "not ready"
    ready = all(value == "ok" for value in state.values())
    return JsonResponse(state, status=200 if ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text: counts that operators alarm on."""
    from assessments.sittings.models import Response, Sitting

    lines = [
        "# TYPE lms_sittings_total counter",
        f"lms_sittings_total {Sitting.objects.count()}",
        "# TYPE lms_responses_total counter",
        f"lms_responses_total {Response.objects.count()}",
        "# TYPE lms_disk_free_bytes gauge",
        f"lms_disk_free_bytes {shutil.disk_usage(settings.ROOT).free}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")
