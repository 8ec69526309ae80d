"""Addresses of pages: the facilitator's list, the presenter, the big screen, the phones, cards and paper."""

from __future__ import annotations

from django.urls import URLPattern, path

from courses.gatherings.pages import facilitator_views as lead
from courses.gatherings.pages import paper_views as paper
from courses.gatherings.pages import phone_views as phone
from courses.gatherings.pages import presenter_views as present
from courses.gatherings.pages import projector_views as screen

page_urls: list[URLPattern] = [
    path("b/", phone.start, name="join_start"),
    path("b/<str:code>", phone.hall, name="hall"),
    path("trinh-chieu/<str:token>", screen.projector, name="projector"),
    path("buoi-hoc/", lead.facilitator, name="facilitator"),
    path("buoi-hoc/moi/", lead.new_gathering, name="new"),
    path("buoi-hoc/<uuid:gathering_id>/", present.presenter, name="presenter"),
    path("buoi-hoc/<uuid:gathering_id>/man-chieu/", present.screen_address, name="screen_address"),
    path("buoi-hoc/<uuid:gathering_id>/phieu/", paper.card_page, name="card_page"),
    path("buoi-hoc/<uuid:gathering_id>/dem/", paper.count_page, name="count_page"),
    path("buoi-hoc/<uuid:gathering_id>/in/", paper.print_pack, name="print_pack"),
    path("buoi-hoc/<uuid:gathering_id>/in/to-mang-ve/", paper.print_handout, name="print_handout"),
    path("buoi-hoc/<uuid:gathering_id>/in/phieu/", paper.print_cards, name="print_cards"),
    path("buoi-hoc/<uuid:gathering_id>/in/to-tra-loi/", paper.print_sheet, name="print_sheet"),
]
