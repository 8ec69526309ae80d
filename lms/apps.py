from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The site itself: only the commands of operators."""

    name = "lms"
    label = "lms"
