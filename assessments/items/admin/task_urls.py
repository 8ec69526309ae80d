"""Addresses of the task editor, under the item bank of the admin."""

from __future__ import annotations

from django.urls import URLPattern, path

from assessments.items.admin import task_editor_views as editor
from assessments.items.admin import task_record_views as recorder

_TASK = "cau-hoi/<int:pk>/soan/"


def task_editor_urls() -> list[URLPattern]:
    return [
        path("cau-hoi/bai-mo-phong-moi/", editor.new_task, name="items_task_new"),
        path(_TASK, editor.overview, name="items_task_editor"),
        path(f"{_TASK}de-bai/", editor.brief, name="items_task_brief"),
        path(f"{_TASK}man-hinh/", editor.change_screens, name="items_task_screens"),
        path(f"{_TASK}man-hinh/<slug:screen_id>/", editor.screen, name="items_task_screen"),
        path(f"{_TASK}man-hinh/<slug:screen_id>/xem/", recorder.preview, name="items_task_preview"),
        path(f"{_TASK}tep/", editor.download_draft, name="items_task_draft_file"),
        path(f"{_TASK}phan/<slug:name>/", editor.part, name="items_task_part"),
        path(f"{_TASK}ghi-nho/", editor.memory, name="items_task_memory"),
        path(f"{_TASK}cham/", editor.judgement, name="items_task_judgement"),
        path(f"{_TASK}lam/", recorder.record, name="items_task_record"),
        path(f"{_TASK}lam/da-lam/", recorder.done_so_far, name="items_task_done"),
        path(f"{_TASK}lam/may/", recorder.phone, name="items_task_phone"),
        path(f"{_TASK}lam/may/hinh/<slug:token>", recorder.phone_picture, name="items_task_phone_picture"),
        path(f"{_TASK}lam/ghi/", recorder.keep, name="items_task_keep"),
        path(f"{_TASK}lam/cham/", recorder.judge, name="items_task_judge"),
        path(f"{_TASK}dua-len/", editor.publish, name="items_task_publish"),
    ]
