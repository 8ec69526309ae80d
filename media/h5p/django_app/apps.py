from django.apps import AppConfig


class H5pConfig(AppConfig):
    name = "media.h5p.django_app"
    label = "h5p"
