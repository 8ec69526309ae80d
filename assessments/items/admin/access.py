"""Who may see the pages of an item in the admin: editors, by their rights on items."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from assessments.items.models import Item
from lms.accounts.api import Person


def editor_of(request: HttpRequest) -> Person:
    """Raises ``PermissionDenied`` for everybody who may not change items."""
    user = request.user
    if not (
        isinstance(user, Person)
        and user.has_perm("wagtailadmin.access_admin")
        and user.has_perm("items.change_item")
    ):
        raise PermissionDenied
    return user


def item_for_editor(request: HttpRequest, pk: int) -> Item:
    editor_of(request)
    return get_object_or_404(Item.objects.select_related("current", "outcome", "skill"), pk=pk)
