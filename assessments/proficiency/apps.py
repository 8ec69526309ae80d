from django.apps import AppConfig


class ProficiencyConfig(AppConfig):
    name = "assessments.proficiency"
    label = "proficiency"

    def ready(self) -> None:
        from assessments.proficiency.finished_sitting import reach_by_sitting
        from assessments.sittings.api import on_finished

        on_finished(reach_by_sitting)
