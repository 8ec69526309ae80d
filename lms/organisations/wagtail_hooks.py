"""Roles and units in the Wagtail admin: for those with Django permissions on them, in practice administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from lms import vietnamese
from lms.accounts.api import Person
from lms.organisations.models import Role, Unit


class PersonByName(forms.CharField):
    """A person typed by sign-in name: a list of every person would be too long to choose from."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return Person.objects.filter(pk=value).values_list("username", flat=True).first() or ""
        return value

    def clean(self, value: Any) -> Person:
        username = vietnamese.normal(str(super().clean(value))).lower()
        person = Person.objects.filter(username=username, erased_at__isnull=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this sign-in name."))
        return person


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    person = PersonByName(label=_("Sign-in name"), max_length=60)

    class Meta:
        model = Role
        fields = ["person", "kind", "unit", "valid_from", "valid_to"]


class RoleViewSet(ModelViewSet):
    model = Role
    icon = "key"
    menu_label = _("Roles")
    add_to_reference_index = False
    list_display = ["person", "kind", "unit", "valid_from", "valid_to"]
    list_filter = ["kind"]
    inspect_view_enabled = True

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseForm]:
        return RoleForm


class UnitViewSet(ModelViewSet):
    """Names and validity only: the tree itself is loaded from data."""

    model = Unit
    icon = "site"
    menu_label = _("Units")
    add_to_reference_index = False
    list_display = ["name", "kind", "code"]
    list_filter = ["kind"]
    search_fields = ["folded_name"]
    form_fields = ["name", "code", "note", "valid_from", "valid_to"]


class OrganisationViewSets(ViewSetGroup):
    menu_label = _("Organisation")
    menu_icon = "group"
    items = (RoleViewSet("roles"), UnitViewSet("units"))


@hooks.register("register_admin_viewset")
def register_organisation_viewsets() -> OrganisationViewSets:
    return OrganisationViewSets()
