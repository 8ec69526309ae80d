from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"

    def ready(self) -> None:
        from courses import claim_progress, forget_person, learning_facts, lesson_links, publishing

        claim_progress.listen()
        forget_person.listen()
        learning_facts.listen()
        lesson_links.listen()
        publishing.listen()
