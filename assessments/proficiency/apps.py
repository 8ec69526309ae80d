from django.apps import AppConfig


class ProficiencyConfig(AppConfig):
    name = "assessments.proficiency"
    label = "proficiency"

    def ready(self) -> None:
        from assessments.proficiency.finished_sitting import reach_by_sitting
        from assessments.proficiency.groups.draw_sample import note_reference_sitting
        from assessments.proficiency.person_estimates import estimate_by_sitting
        from assessments.sittings.api import on_finished

        on_finished(reach_by_sitting)
        on_finished(estimate_by_sitting)
        on_finished(note_reference_sitting)
