"""A fact in the admin: saving it takes its items along."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import ngettext
from wagtail.admin.views.generic import EditView

from assessments.items.admin.access import editor_of
from assessments.items.facts import fact_changed
from assessments.items.models import Fact


class FactEditView(EditView):
    """For those with the right to change facts; Wagtail asks."""

    def save_instance(self) -> Fact:
        fact: Fact = super().save_instance()
        fallen = fact_changed(fact, editor_of(self.request))
        if fallen:
            words = ngettext(
                "%(n)s item in use went back to review, because it rests on this fact.",
                "%(n)s items in use went back to review, because they rest on this fact.",
                fallen,
            )
            messages.warning(self.request, words % {"n": fallen})
        return fact
