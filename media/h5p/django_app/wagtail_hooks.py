"""H5P in the admin menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from media.h5p.django_app.admin import list_views, upload_views


class H5pMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("h5p.change_activity"))


@hooks.register("register_admin_menu_item")
def h5p_menu_item() -> MenuItem:
    return H5pMenuItem(_("H5P activities"), reverse("h5p_activities"), icon_name="media", order=220)


@hooks.register("register_admin_urls")
def h5p_urls() -> list[URLPattern]:
    return [
        path("h5p/", list_views.activities, name="h5p_activities"),
        path("h5p/<int:pk>/", list_views.activity, name="h5p_activity"),
        path("h5p/<int:pk>/luot/<int:attempt_pk>/", list_views.attempt, name="h5p_attempt"),
        path("h5p/thu-vien/", list_views.libraries, name="h5p_libraries"),
        path("h5p/thu-vien/<int:pk>/", list_views.library, name="h5p_library"),
        path("h5p/gui/", upload_views.send, name="h5p_send"),
        path("h5p/<int:activity_pk>/gui/", upload_views.send, name="h5p_send_version"),
        path("h5p/gui/<uuid:upload_uuid>/", upload_views.upload, name="h5p_upload"),
        path("h5p/gui/<uuid:upload_uuid>/quyet-dinh/", upload_views.decide, name="h5p_decide"),
    ]
