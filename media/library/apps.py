from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "media.library"
    label = "library"
