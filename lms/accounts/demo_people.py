"""The six people of the demonstration. They exist on an embedded installation only."""

from __future__ import annotations

from django.conf import settings

from lms.accounts.consent import LEARNING, record_consent
from lms.accounts.models import Audience, Person

_PEOPLE = {
    "hocvien": ("Ka Hiền", Audience.CITIZEN, 1961),
    "bientap": ("Trần Thị Mai Anh", Audience.CADRE, 1988),
    "bithu": ("K'Brếp", Audience.CADRE, 1972),
    "canbo": ("Lê Văn Hòa", Audience.CADRE, 1985),
    "lanhdao": ("Nguyễn Thị Thu Hà", Audience.CADRE, 1974),
    "quantri": ("Phạm Quốc Đạt", Audience.WORKER, 1990),
}


def load_demo_people(password: str) -> dict[str, Person]:
    """Create or refresh them; a new password replaces the old one."""
    if not settings.EMBEDDED:
        raise RuntimeError("Demo people exist on an embedded installation only.")
    return {username: _demo_person(username, password) for username in _PEOPLE}


def _demo_person(username: str, password: str) -> Person:
    full_name, audience, birth_year = _PEOPLE[username]
    person = Person.objects.filter(username=username).first() or Person(username=username)
    person.full_name = full_name
    person.audience = audience
    person.birth_year = birth_year
    person.is_demo = True
    person.is_staff = person.is_superuser = username == "quantri"
    if not person.check_password(password):
        person.set_password(password)
    person.save()
    record_consent(person, LEARNING.code)
    return person
