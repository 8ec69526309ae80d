from django.apps import AppConfig


class H5pConfig(AppConfig):
    name = "media.h5p.django_app"
    label = "h5p"

    def ready(self) -> None:
        from media.h5p.django_app import checks, forget_person  # noqa: F401 - the checks register themselves

        forget_person.listen()
