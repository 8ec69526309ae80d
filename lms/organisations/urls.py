"""Addresses of this room, under /don-vi/."""

from __future__ import annotations

from django.urls import path

from lms.organisations import card_views, import_views, views

app_name = "organisations"
urlpatterns = [
    path("", views.my_units, name="my_units"),
    path("nhap/<uuid:import_uuid>/", import_views.import_progress, name="import_progress"),
    path("nhap/<uuid:import_uuid>/luu/", import_views.save_list, name="save_list"),
    path("<uuid:unit_uuid>/", views.unit_people, name="unit_people"),
    path("<uuid:unit_uuid>/them/", views.add_one, name="add_one"),
    path("<uuid:unit_uuid>/nhap/", import_views.send_list, name="send_list"),
    path("<uuid:unit_uuid>/the/", card_views.print_cards, name="print_cards"),
    path("<uuid:unit_uuid>/the/thu-hoi/", card_views.withdraw_cards, name="withdraw_cards"),
]
