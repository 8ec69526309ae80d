"""People in the Wagtail admin: one full name instead of first and last name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserViewSet

from lms import vietnamese
from lms.accounts.models import Audience, Person
from lms.accounts.phone import normal_phone


class _PersonFields(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Shared by the two forms; Wagtail's own require names in two parts and an e-mail address."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone number"), required=False, max_length=20)
    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices)

    def clean_phone(self) -> str | None:
        typed: str = self.cleaned_data["phone"]
        if not typed:
            return None
        phone = normal_phone(typed)
        if phone is None:
            raise forms.ValidationError(_("A phone number has 10 digits and begins with 0. Look again."))
        if Person.objects.filter(phone=phone).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another person has this phone number."))
        return phone

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()


class PersonCreationForm(_PersonFields, UserCreationForm):
    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        fields = ["username", "email", "full_name", "phone", "audience", "is_superuser", "groups"]


class PersonEditForm(_PersonFields, UserEditForm):
    first_name = None
    last_name = None

    class Meta(UserEditForm.Meta):
        fields = [
            "username",
            "email",
            "full_name",
            "phone",
            "audience",
            "is_active",
            "is_superuser",
            "groups",
        ]


class PersonIndexView(IndexView):
    """Found by name without diacritics, by sign-in name, phone and e-mail."""

    def search_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        words = self.search_query
        if not words:
            return queryset
        return queryset.filter(
            Q(folded_name__contains=vietnamese.folded(words))
            | Q(username__icontains=words)
            | Q(email__icontains=words)
            | Q(phone=normal_phone(words))
        )

    @property
    def columns(self) -> list[Any]:
        found: list[Any] = super().columns
        return [*found, Column("audience", accessor="get_audience_display", label=_("Audience"))]


class PersonViewSet(UserViewSet):
    icon = "user"
    menu_label = _("People")
    index_view_class = PersonIndexView
    create_template_name = "accounts/admin/person_create.html"
    edit_template_name = "accounts/admin/person_edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Person]]:
        return PersonEditForm if for_update else PersonCreationForm
