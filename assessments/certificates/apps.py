from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "assessments.certificates"
    label = "certificates"

    def ready(self) -> None:
        from celery.schedules import crontab

        from assessments.certificates import forget_holder, issue_certificate
        from assessments.certificates.issuing import award_coaching
        from assessments.certificates.staff_checks import tasks  # noqa: F401 - tells the worker of them
        from assessments.sittings.api import on_finished
        from lms.accounts.api import on_erased
        from lms.celery import app

        on_finished(issue_certificate.issue_for_sitting)
        on_finished(award_coaching.award_after)
        on_erased(forget_holder.forget_holder)
        # A message to the worker can be lost; the row of the certificate cannot.
        app.conf.beat_schedule["certificates-recover"] = {"task": "certificates.recover", "schedule": 600.0}
        app.conf.beat_schedule["certificates-status-lists"] = {
            "task": "certificates.sign_status_lists",
            "schedule": 3600.0,
        }
        app.conf.beat_schedule["certificates-keys"] = {
            "task": "certificates.rotate_keys",
            "schedule": 86_400.0,
        }
        nightly = {"certificates.purge_lists": 1, "certificates.tell_officers": 2}
        for name, hour in nightly.items():
            app.conf.beat_schedule[name] = {"task": name, "schedule": crontab(hour=str(hour), minute="20")}
