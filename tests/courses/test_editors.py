"""Editors write in the admin, look at a phone, and see which facts are overdue."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from assessments.items.api import Fact
from courses.blocks import SCREEN_BLOCKS
from courses.blocks.extras import CaptionedVideoBlock
from courses.models import LessonPage
from courses.starter_groups import EDITORS, load_groups
from lms.accounts.api import Person
from media.library.api import Recording
from tests.courses.conftest import School


@pytest.fixture
def admin(db: None) -> Client:
    person = Person.objects.create_superuser("quan-tri", "mat-khau-dai-1", is_demo=True)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_admin_opens_and_the_preview_shows_every_step(school: School, admin: Client) -> None:
    lesson = school.lessons[0]
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).status_code == 200
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[school.course.pk])).status_code == 200
    assert lesson.preview_sizes[0]["device_width"] == 360
    preview = lesson.make_preview_request()
    page = preview.content.decode()
    headings = [escape(screen.value["heading"]) for screen in lesson.screens]
    assert [heading for heading in headings if heading not in page] == []


def test_overdue_facts_lead_to_their_lessons(school: School, admin: Client) -> None:
    lesson = school.lessons[0]
    fact = lesson.facts.first()
    assert fact is not None
    Fact.objects.filter(pk=fact.pk).update(review_by=date(2020, 1, 31))
    page = admin.get(reverse("overdue_facts")).content.decode()
    assert fact.key in page
    assert "31/01/2020" in page
    assert lesson.title in page


def test_learners_do_not_see_the_report(school: School, signed_in: Client) -> None:
    assert signed_in.get(reverse("overdue_facts")).status_code in {302, 403}


def test_editors_may_write_but_not_publish(school: School, person: Person) -> None:
    load_groups()
    load_groups()
    person.groups.add(Group.objects.get(name=EDITORS))
    lesson = LessonPage.objects.get(pk=school.lessons[0].pk)
    permissions = lesson.permissions_for_user(Person.objects.get(pk=person.pk))
    assert (permissions.can_edit(), permissions.can_publish()) == (True, False)
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert not Permission.objects.filter(group__name=EDITORS, codename="delete_item").exists()


def test_a_video_without_captions_is_refused(db: None) -> None:
    block = CaptionedVideoBlock()
    video = Recording.objects.create(title="Phim", type="video", file="media/phim.mp4")
    with pytest.raises(ValidationError, match="phụ đề"):
        block.clean(video)


def test_every_kind_of_the_content_guide_is_there() -> None:
    kinds = {name for name, _block in SCREEN_BLOCKS}
    assert {
        "goal",
        "story",
        "idea",
        "steps",
        "what_can_go_wrong",
        "practice",
        "self_check",
        "take_away",
    } <= kinds
