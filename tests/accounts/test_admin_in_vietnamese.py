"""What an administrator sees of Wagtail is Vietnamese, in pages and in its scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.templatetags.wagtailadmin_tags import timesince_simple
from wagtail.admin.ui.tables import BooleanColumn

from courses.blocks.picture import PictureBlock
from lms.organisations.models import Role


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


def test_times_are_told_in_vietnamese() -> None:
    assert timesince_simple(timezone.now() - timedelta(minutes=13)) == "13\xa0phút trước"


def test_fields_have_names_for_people() -> None:
    assert str(Role._meta.verbose_name) == "vai trò"
    assert str(Role._meta.get_field("valid_from").verbose_name) == "có hiệu lực từ ngày"
    assert str(PictureBlock().child_blocks["image"].label) != "Image"


def test_a_tick_says_yes_in_vietnamese() -> None:
    cell = render_to_string(
        "wagtailadmin/tables/boolean_cell.html", {"value": True, "column": BooleanColumn("active")}
    )
    assert "True" not in cell
    assert "có" in cell.lower()


def test_scripts_of_the_admin_speak_vietnamese() -> None:
    response = JavaScriptCatalog.as_view(packages=["wagtail.admin"])(RequestFactory().get("/"))
    assert isinstance(response, HttpResponse)
    assert '"Collapse all": "Thu g\\u1ecdn t\\u1ea5t c\\u1ea3"' in response.content.decode()
