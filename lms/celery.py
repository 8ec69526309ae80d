"""The Celery application; tasks live in ``tasks.py`` of each room."""

from __future__ import annotations

import os

from celery import Celery

# Linear algebra in several worker processes must not multiply threads.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")

app = Celery("lms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
