"""People and activities for the tests of the app."""

from __future__ import annotations

import io
import json
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client

from lms.accounts.api import Person
from media.h5p.django_app.install_libraries import changes_needed, installed_names
from media.h5p.django_app.models import Activity
from media.h5p.django_app.signed_addresses import Place, sign_place
from media.h5p.django_app.take_in_package import Destination, store_package
from media.h5p.package import read_package
from tests.h5p.corpus import Members, dependency, encode, library_json, manifest, zipped

JSON = "application/json"


def person(name: str, *permissions: str) -> Person:
    made = Person.objects.create_user(name, full_name=name, is_demo=True)
    for dotted in permissions:
        app, codename = dotted.split(".")
        made.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return made


def client_of(who: Person) -> Client:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def package_bytes(params: Any, machine_name: str = "H5P.MultiChoice", **library: Any) -> bytes:
    """A package whose library has the name of a real type, and scripts of nothing."""
    folder = f"{machine_name}-1.0"
    members: Members = {
        "h5p.json": encode(
            manifest(mainLibrary=machine_name, preloadedDependencies=[dependency(machine_name)])
        ),
        "content/content.json": encode(params),
        "content/images/a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        f"{folder}/library.json": encode(library_json(machine_name, **library)),
        f"{folder}/js/test.js": b"var test = 1; // no newline at the end",
        f"{folder}/css/test.css": b"p{background:url('../img/b.png')} i{background:url(data:image/png;base64,x)}",
        f"{folder}/img/b.png": b"\x89PNG",
    }
    return zipped(members)


def take_in(
    body: bytes, *, own: bool = False, activity: Activity | None = None, blind: bool = True
) -> Activity:
    package = read_package(io.BytesIO(body), installed=installed_names())
    changes = [change.name for change in changes_needed(package)]
    stored = store_package(package, Destination(activity, own=own), changes)
    Activity.objects.filter(pk=stored.pk).update(blind=blind)
    stored.refresh_from_db()
    return stored


def files_left(name: str) -> list[Path]:
    folder = Path(settings.MEDIA_ROOT) / "h5p" / name
    return [path for path in folder.rglob("*") if path.is_file()]


def post(client: Client, url: str, body: Any) -> HttpResponse:
    sent = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(url, sent, content_type=JSON)


def begin(client: Client, activity: Activity, where: str = "", **more: Any) -> dict[str, Any]:
    asked = {"place": sign_place(Place(activity.pk, where)), "attempt_uuid": str(uuid.uuid4()), **more}
    answer = post(client, "/h5p/bat-dau/", asked)
    return {"status": answer.status_code, **json.loads(answer.content)}
