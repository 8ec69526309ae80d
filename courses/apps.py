from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"

    def ready(self) -> None:
        from courses import (
            admit_to_activity,
            claim_progress,
            forget_person,
            learning_facts,
            lesson_links,
            publishing,
        )

        admit_to_activity.listen()
        claim_progress.listen()
        forget_person.listen()
        learning_facts.listen()
        lesson_links.listen()
        publishing.listen()
