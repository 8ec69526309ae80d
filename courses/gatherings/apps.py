from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "courses.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        from courses.gatherings.cards import checks  # noqa: F401 - registers itself
