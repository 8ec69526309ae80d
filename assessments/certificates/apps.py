from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "assessments.certificates"
    label = "certificates"

    def ready(self) -> None:
        from assessments.certificates import forget_holder, issue_certificate
        from assessments.sittings.api import on_finished
        from lms.accounts.api import on_erased
        from lms.celery import app

        on_finished(issue_certificate.issue_for_sitting)
        on_erased(forget_holder.forget_holder)
        # A message to the worker can be lost; the row of the certificate cannot.
        app.conf.beat_schedule["certificates-recover"] = {"task": "certificates.recover", "schedule": 600.0}
