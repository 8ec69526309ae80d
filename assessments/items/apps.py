from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "assessments.items"
    label = "items"
