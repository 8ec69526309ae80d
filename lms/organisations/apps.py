from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "lms.organisations"
    label = "organisations"

    def ready(self) -> None:
        from lms.accounts.api import add_export_part, on_erased, require_second_factor_when
        from lms.organisations.export_person import export_person, forget_person
        from lms.organisations.scope import needs_second_factor_by_role

        require_second_factor_when(needs_second_factor_by_role)
        on_erased(forget_person)
        add_export_part("organisations", export_person)
