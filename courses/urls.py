"""Addresses of this room beside the pages themselves."""

from __future__ import annotations

from django.urls import path

from courses import lesson_views, my_learning, page_routes

app_name = "courses"
urlpatterns = [
    path("khoa-hoc/<slug:course_slug>/", page_routes.course, name="course"),
    path("khoa-hoc/<slug:course_slug>/<slug:lesson_slug>/", page_routes.lesson, name="lesson"),
    path("hoc/buoc/<int:lesson_pk>/", lesson_views.go_on_view, name="go_on"),
    path("hoc/the/<int:lesson_pk>/", lesson_views.card, name="card"),
    path("toi/", my_learning.my_learning, name="my_learning"),
    path("toi/du-lieu/", my_learning.my_data, name="my_data"),
]
