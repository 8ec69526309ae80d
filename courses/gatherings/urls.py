"""Addresses of halls: join, facilitate, project."""

from __future__ import annotations

from django.urls import URLPattern, path

from courses.gatherings import count_views as count
from courses.gatherings import hall_views as hall
from courses.gatherings import lead_views as lead
from courses.gatherings.kit import views as kit
from courses.gatherings.launch import views as launch
from courses.gatherings.minutes import views as minutes
from courses.gatherings.pages.urls import page_urls

app_name = "gatherings"
urlpatterns: list[URLPattern] = [
    *page_urls,
    path("b/<str:code>/state", hall.hall_state, name="hall_state"),
    path("b/<str:code>/stream", hall.no_stream, name="hall_stream"),
    path("b/<str:code>/answer", hall.hall_answer, name="hall_answer"),
    path("b/<str:code>/join", hall.hall_join, name="hall_join"),
    path("trinh-chieu/<str:token>/state", hall.projector_state, name="projector_state"),
    path("trinh-chieu/<str:token>/stream", hall.no_stream, name="projector_stream"),
    path("buoi-hoc/<uuid:gathering_id>/act", lead.act_view, name="act"),
    path("buoi-hoc/<uuid:gathering_id>/cards", count.cards_view, name="cards"),
    path("buoi-hoc/<uuid:gathering_id>/people", count.people_view, name="people"),
    path("buoi-hoc/<uuid:gathering_id>/screen", count.screen_view, name="screen"),
    path("buoi-hoc/<uuid:gathering_id>/tally", count.tally_view, name="tally"),
    path(
        "buoi-hoc/<uuid:gathering_id>/tally/<uuid:tally_uuid>/confirm",
        count.confirm_tally_view,
        name="confirm_tally",
    ),
    path("buoi-hoc/<uuid:gathering_id>/state", lead.presenter_state_view, name="presenter_state"),
    path("buoi-hoc/<uuid:gathering_uuid>/bien-ban/", minutes.edit, name="minutes"),
    path("buoi-hoc/<uuid:gathering_uuid>/bien-ban/ky/", minutes.sign_now, name="minutes_sign"),
    path("buoi-hoc/<uuid:gathering_uuid>/bien-ban/nop/", minutes.hand_in_now, name="minutes_hand_in"),
    path("buoi-hoc/<uuid:gathering_uuid>/bien-ban/tai-ve.<str:kind>", minutes.download, name="minutes_paper"),
    path("buoi-hoc/tu-kiem-tra/", kit.test_laptop, name="kit_self_test"),
    path("buoi-hoc/nop-ket-qua/", kit.take_in, name="kit_take_in"),
    path("buoi-hoc/<uuid:gathering_uuid>/bo-hoi-truong/", kit.make, name="kit_make"),
    path("buoi-hoc/<uuid:gathering_uuid>/mang-ve/", kit.carry_home, name="kit_carry_home"),
    path("buoi-hoc/<uuid:gathering_uuid>/mang-ve/tep", kit.bundle_file, name="kit_bundle"),
    path("buoi-hoc/<uuid:gathering_uuid>/theo/", launch.follow_page, name="follow"),
]
