from __future__ import annotations

from django.urls import path

from lms.theme import views

app_name = "theme"
urlpatterns = [
    path("hien-thi/", views.display, name="display"),
    path("phong-cach/", views.style_page, name="style_page"),
]
