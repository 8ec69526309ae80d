"""A package comes in whole or not at all; libraries are installed only by those who may, after seeing what changes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from media.h5p.django_app.models import Activity, Content, ContentFile, Library, LibraryFile, Upload
from tests.h5p.contents import multi_choice
from tests.h5p.corpus import Case, all_cases, good
from tests.h5p.site_parts import client_of, files_left, package_bytes, person, take_in

pytestmark = pytest.mark.django_db
EDITOR = ("wagtailadmin.access_admin", "h5p.add_activity", "h5p.change_activity")
INSTALLER = (*EDITOR, "h5p.install_library")
SEND = "/quan-tri/h5p/gui/"
BAD = [case for case in all_cases() if case.codes]

Send = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "uploads"  # type: ignore[attr-defined]
    yield
    assert not files_left("staging")


@pytest.fixture
def send(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Send:
    def sent(client: Client, body: bytes, name: str = "goi.h5p", url: str = SEND) -> HttpResponse:
        data = {"file": SimpleUploadedFile(name, body), "upload_uuid": str(uuid.uuid4())}
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(url, data)
        return client.get(answer["Location"]) if answer.status_code == 302 else answer

    return sent


def decide(
    client: Client, upload: Upload, capture: DjangoCaptureOnCommitCallbacks, **data: str
) -> HttpResponse:
    with capture(execute=True):
        return client.post(f"{SEND}{upload.uuid}/quyet-dinh/", data)


def nothing_is_left() -> None:
    for model in (Activity, Content, ContentFile, Library, LibraryFile):
        assert not model.objects.exists(), model
    assert files_left("files") == files_left("incoming") == files_left("bundles") == []


def test_every_broken_and_hostile_package_is_refused_with_a_sentence(send: Send, tmp_path: Path) -> None:
    client = client_of(person("bt", *EDITOR))
    for case in BAD:
        answer = send(client, case.save(tmp_path).read_bytes(), f"{case.name}{case.suffix}")
        text = answer.content.decode()
        assert answer.status_code in (400, 422), case.name
        assert "Không dùng được gói này." not in text, case.name
        if answer.status_code == 422:
            assert any(f"<td>{code}</td>" in text for code in case.codes), case.name
        nothing_is_left()


@pytest.mark.parametrize("case", list(good()), ids=lambda case: case.name)
def test_a_good_package_is_stored_once(
    case: Case, send: Send, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = client_of(person("qt", *INSTALLER))
    body = case.save(tmp_path).read_bytes()
    send(client, body)
    decide(client, Upload.objects.get(), django_capture_on_commit_callbacks)
    first = Activity.objects.get()
    assert first.current is not None
    assert first.current.number == 1
    send(client, body)
    assert Activity.objects.count() == 2
    assert Content.objects.count() == 1
    assert files_left("incoming") == []


def test_an_editor_cannot_install_libraries(
    send: Send, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    editor = client_of(person("bt", *EDITOR))
    page = send(editor, package_bytes(multi_choice("+-")))
    assert "H5P.MultiChoice 1.0" in page.content.decode()
    upload = Upload.objects.get()
    assert decide(editor, upload, django_capture_on_commit_callbacks).status_code in (302, 403)
    assert not Library.objects.exists()
    assert not Activity.objects.exists()
    installer = client_of(person("qt", *INSTALLER))
    decide(installer, upload, django_capture_on_commit_callbacks)
    assert Library.objects.get().machine_name == "H5P.MultiChoice"
    assert Activity.objects.count() == 1


def test_an_editor_uploads_content_for_installed_libraries(send: Send) -> None:
    take_in(package_bytes(multi_choice("+-")))
    page = send(client_of(person("bt", *EDITOR)), package_bytes(multi_choice("-+")))
    assert page.status_code == 200
    assert Upload.objects.get().state == "done"
    assert Activity.objects.count() == 2
    assert Library.objects.count() == 1


def test_an_altered_library_is_told_before_anything_changes(
    send: Send, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    take_in(package_bytes(multi_choice("+-")))
    before = Library.objects.get().tree_hash
    client = client_of(person("qt", *INSTALLER))
    send(client, package_bytes(multi_choice("+-"), patchVersion=4))
    upload = Upload.objects.get()
    assert upload.changes == [
        {
            "name": "H5P.MultiChoice 1.0",
            "installed": "1.0.3",
            "offered": "1.0.4",
            "change": "newer",
            "scripts": 1,
            "used_in": 1,
        }
    ]
    assert Library.objects.get().tree_hash == before
    decide(client, upload, django_capture_on_commit_callbacks)
    assert Library.objects.get().tree_hash != before


def test_a_package_can_be_thrown_away(
    send: Send, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = client_of(person("bt", *EDITOR))
    send(client, package_bytes(multi_choice("+-")))
    decide(client, Upload.objects.get(), django_capture_on_commit_callbacks, bo="1")
    nothing_is_left()
    assert not Upload.objects.exists()


def test_a_new_version_keeps_the_old_one(send: Send) -> None:
    activity = take_in(package_bytes(multi_choice("+-")))
    client = client_of(person("bt", *EDITOR))
    send(client, package_bytes(multi_choice("-+")), url=f"/quan-tri/h5p/{activity.pk}/gui/")
    activity.refresh_from_db()
    assert activity.current is not None
    assert activity.current.number == 2
    assert activity.versions.count() == 2


def test_content_is_cleaned_by_the_semantics_of_its_library() -> None:
    activity = take_in(
        package_bytes({"question": "<img src=x onerror=alert(1)>", "unknown": 1}), activity=None
    )
    assert activity.current is not None
    assert activity.current.content.params["question"]  # no semantics: as it is
    from media.h5p.django_app.load_own import own_package

    source = {
        "title": "Thử",
        "library": "BinhDan.Choice 1.0",
        "params": {"question": "<p>A<script>1</script></p>", "unknown": 1},
    }
    cleaned = take_in(own_package(source), own=True)
    assert cleaned.current is not None
    text = json.dumps(cleaned.current.content.params)
    assert "script" not in text
    assert "unknown" not in text


def test_pages_of_editors_are_for_editors_and_stay_cheap() -> None:
    Library.objects.bulk_create(
        Library(machine_name=f"H5P.L{number}", major=1, minor=0, title="x", tree_hash="0")
        for number in range(200)
    )
    take_in(package_bytes(multi_choice("+-")))
    assert client_of(person("hv", "wagtailadmin.access_admin")).get(
        "/quan-tri/h5p/thu-vien/"
    ).status_code in (302, 403)
    administrator = person("qt")
    administrator.is_superuser = True
    administrator.save()
    client = client_of(administrator)
    client.get("/quan-tri/h5p/thu-vien/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/quan-tri/h5p/thu-vien/")
    # Savepoints are the test's own: outside of its transaction there are none.
    assert len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 8
    assert "H5P.L199" in page.content.decode()
    for address in ("", f"{Activity.objects.get().pk}/", f"thu-vien/{Library.objects.last().pk}/", "gui/"):  # type: ignore[union-attr]
        assert client.get(f"/quan-tri/h5p/{address}").status_code == 200
