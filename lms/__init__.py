"""The site and the people in it."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
