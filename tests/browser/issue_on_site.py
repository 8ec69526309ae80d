"""Certificates on a running site, as its own shell makes them."""

from __future__ import annotations

from tests.running_site import RunningSite

# ``issued`` for the scripts of tests: a person with a certificate that lasts so many days.
_TOOLS = """
import datetime as dt, uuid
from django.utils import timezone
from assessments.certificates.api import Achievement, Certificate, correct_name, revoke_certificate
from assessments.certificates.issue_certificate import issue_certificate
from assessments.certificates.issuing.make_paper import make_paper
from assessments.sittings.api import Purpose, Sitting
from lms.accounts.api import Person
from lms.organisations.api import Membership, Role
achievement = Achievement.objects.select_related("blueprint", "skill").filter(active=True, award="sitting").first()
def issued(username, name, days):
    person = Person.objects.create_user(username, full_name=name, birth_year=1980)
    sitting = Sitting.objects.create(
        person=person, blueprint=achievement.blueprint, start_uuid=uuid.uuid4(), purpose=Purpose.SCORED, seed=1,
        frozen={"title": "", "parts": [{"skill": achievement.skill.code, "count": 10}], "pass_share": 0.7},
        audience="citizen", finished_at=timezone.now(), points=8.0, max_points=10.0, passed=True, by_skill={},
    )
    certificate = issue_certificate(sitting, achievement)
    last = timezone.localdate() + dt.timedelta(days)
    Certificate.objects.filter(pk=certificate.pk).update(valid_until=last)
    certificate.refresh_from_db()
    return certificate
"""


def issue_on_site(site: RunningSite, script: str) -> list[list[str]]:
    """What the script says in lines that begin with ``SAID``, cut at blanks."""
    lines = site.manage("shell", "-c", _TOOLS + script).splitlines()
    return [line.split()[1:] for line in lines if line.startswith("SAID ")]
