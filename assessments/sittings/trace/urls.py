"""Addresses of simulated tasks, under /danh-gia/; part of the room's own ``urls.py``."""

from __future__ import annotations

from django.urls import path

from assessments.sittings.trace import machine_views, views

urlpatterns = [
    path("viec/", views.tasks, name="tasks"),
    path("viec/bat-dau/", views.start, name="task_start"),
    path("viec/thu/<str:code>/", views.intro, name="task_intro"),
    path("viec/<uuid:log_uuid>/", views.play, name="task_play"),
    path("viec/<uuid:log_uuid>/the-gioi/", machine_views.data, name="task_data"),
    path("viec/<uuid:log_uuid>/vet/", machine_views.trace, name="task_trace"),
    path("viec/<uuid:log_uuid>/ket-qua/", views.result, name="task_result"),
    path("viec/<uuid:log_uuid>/ghi-lai/", views.record, name="task_record"),
    path("viec/<uuid:log_uuid>/hinh/<slug:token>", views.task_picture, name="task_picture"),
    path("luot/<uuid:sitting_uuid>/viec/", views.start_here, name="task_start_in_sitting"),
]
