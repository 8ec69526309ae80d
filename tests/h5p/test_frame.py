"""The frame: its walls, its files, its weight; and that nothing delivered in blind mode holds a key."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client

from media.h5p.django_app.bundles import bundle_of
from media.h5p.django_app.cores import small_core
from media.h5p.django_app.load_own import load_own_activities, own_package
from media.h5p.django_app.models import Activity, Library
from media.h5p.django_app.signed_addresses import Place, sign_place
from tests.h5p.contents import blanks, multi_choice
from tests.h5p.site_parts import begin, client_of, package_bytes, person, take_in

pytestmark = pytest.mark.django_db
KIB = 1024
CHOICE = {
    "title": "Thử",
    "library": "BinhDan.Choice 1.0",
    "params": multi_choice("+-", {"type": "single"}) | {"question": "<p>Hỏi</p>"},
}


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return


@pytest.fixture
def player(settings: Any, tmp_path: Path) -> Path:
    """Stands for H5P's player where npm was not run: the suite must not depend on it."""
    folder = tmp_path / "dist"
    (folder / "styles").mkdir(parents=True)
    (folder / "frame.bundle.js").write_text("window.H5P = window.H5P || {};")
    (folder / "styles" / "h5p.css").write_text("@font-face{src:url('../fonts/a.woff2')}")
    (folder / "fonts").mkdir()
    (folder / "fonts" / "a.woff2").write_bytes(b"wOF2")
    settings.H5P_PLAYER_DIR = folder
    return folder


def visit(activity: Activity) -> str:
    """The frame's address for somebody without an account."""
    told = Client().get(f"/h5p/mo/{sign_place(Place(activity.pk))}/")
    assert told.status_code == 200
    return str(json.loads(told.content)["frame"])


def addresses(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/h5p/[^"]+)"', page)


def test_the_frame_is_nobody_and_reaches_nothing(player: Path) -> None:
    answer = Client().get(visit(take_in(package_bytes(multi_choice("+-")))))
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["sandbox"] == "allow-scripts"
    assert policy["default-src"] == policy["connect-src"] == policy["frame-src"] == "'none'"
    assert policy["form-action"] == policy["base-uri"] == "'none'"
    nonce = re.fullmatch(r"'nonce-([\w-]{16,})'", policy["script-src"])
    assert nonce
    page = answer.content.decode()
    assert page.count("<script") == page.count(f'nonce="{nonce[1]}"') + 1  # the data is no script
    assert "X-Frame-Options" not in answer
    assert not answer.cookies


def test_every_visit_has_its_own_nonce() -> None:
    activity = take_in(own_package(CHOICE), own=True)
    address = visit(activity)
    nonces = {re.search(r"nonce-[\w-]+", Client().get(address)["Content-Security-Policy"])[0] for _ in "ab"}  # type: ignore[index]
    assert len(nonces) == 2


def test_files_come_packed_for_good_and_without_cookies(player: Path) -> None:
    activity = take_in(package_bytes(multi_choice("+-")))
    client = Client()
    files = addresses(client.get(visit(activity)).content.decode())
    assert len(files) == 4
    for address in files:
        answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert answer.status_code == 200, address
        assert answer["Content-Encoding"] == "br"
        assert "immutable" in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies
        assert Client().get(address.replace("/h5p/goi/", "/h5p/goi/0")).status_code == 404


def test_relative_addresses_in_styles_still_lead_to_their_files(player: Path) -> None:
    activity = take_in(package_bytes(multi_choice("+-")))
    page = Client().get(visit(activity)).content.decode()
    core_style, bundle_style = [one for one in addresses(page) if one.endswith("kieu.css")]
    for address, kind in ((core_style, "font/woff2"), (bundle_style, "image/png")):
        text = Client().get(address).content.decode()
        found = re.search(r'url\("([^"]+)"\)', text)
        assert found, text
        answer = Client().get(address.rpartition("/")[0] + "/" + found[1])
        assert answer.status_code == 200, found[1]
        assert answer["Content-Type"] == kind
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert "url(data:image/png;base64,x)" in Client().get(bundle_style).content.decode()


@pytest.mark.parametrize(
    "path", ["../../../../etc/passwd", "%2e%2e/%2e%2e/x", "frame.bundle.js/..", "khong-co"]
)
def test_no_file_outside_is_served(path: str, player: Path) -> None:
    page = Client().get(visit(take_in(package_bytes(multi_choice("+-"))))).content.decode()
    for folder in ("thu-vien/loi-h5p", "thu-vien/H5P.MultiChoice-1.0", "thu-vien"):
        for address in addresses(page):
            assert Client().get(f"{address.rpartition('/')[0]}/{folder}/{path}").status_code in (404, 301)


def test_a_drawing_of_a_package_opened_by_itself_is_nobody(player: Path) -> None:
    activity = take_in(package_bytes(multi_choice("+-")))
    page = Client().get(visit(activity)).content.decode()
    base = re.search(r'"contentUrl": "([^"]+)"', page)
    assert base
    answer = Client().get(f"{base[1]}/images/a.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    piece = Client().get(f"{base[1]}/images/a.svg", headers={"Range": "bytes=1-3"})
    assert (piece.status_code, piece.content, piece["Content-Range"]) == (206, b"svg", "bytes 1-3/64")
    assert Client().get(f"{base[1]}/images/a.svg", headers={"Range": "bytes=900-"}).status_code == 416


def test_two_contents_share_a_bundle_and_a_changed_library_gets_a_new_one() -> None:
    first, second = (take_in(package_bytes(multi_choice(marks))) for marks in ("+-", "-+"))
    assert first.current
    assert second.current
    assert bundle_of(first.current.content) == bundle_of(second.current.content)
    before = bundle_of(first.current.content)
    take_in(package_bytes(multi_choice("--"), patchVersion=9))
    assert bundle_of(first.current.content) != before


def test_own_activities_are_light_and_need_no_player(settings: Any) -> None:
    settings.H5P_PLAYER_DIR = "/khong/co"
    load_own_activities()
    for activity in Activity.objects.all():
        answer = Client().get(visit(activity))
        assert answer.status_code == 200
        assert len(addresses(answer.content.decode())) <= 15
        assert activity.current
        bundle = bundle_of(activity.current.content)
        media = 0
        assert bundle.script.stat().st_size + bundle.style.stat().st_size + media <= 60 * KIB
    core = small_core().bundle()
    assert core.script.stat().st_size <= 20 * KIB


def test_no_own_activity_tells_its_key_in_blind_mode() -> None:
    """Everything that the browser gets of the two kinds whose key is spread over their parameters."""
    load_own_activities()
    for slug in ("giong-chau-goi-gap", "cho-dang-ngo-tin-vneid"):
        page = Client().get(visit(Activity.objects.get(slug=slug))).content.decode()
        data = page.split('id="h5p-data">')[1].split("</script>")[0]
        shown = json.loads(json.loads(data)["contents"]["cid-1"]["jsonContent"])
        assert shown["task"]
        for name in ("points", "correct", "said", "after"):
            assert f'"{name}":' not in json.dumps({**shown, "l10n": {}}), (slug, name)


@pytest.mark.parametrize(
    ("query", "theme", "text"),
    [
        ("?mau=dark&chu=150", "dark", "150"),
        ("?mau=contrast&chu=200", "contrast", "200"),
        ("", "light", "100"),
        ('?mau="><script>&chu=150', "light", "100"),
        ("?mau=dark&chu=999", "light", "100"),
    ],
)
def test_the_frame_follows_the_reader_s_colours_and_text_size(query: str, theme: str, text: str) -> None:
    page = Client().get(visit(take_in(own_package(CHOICE), own=True)) + query).content.decode()
    assert f'data-theme="{theme}" data-text="{text}"' in page


def test_the_frame_s_colours_are_the_site_s() -> None:
    site = tokens_by_theme(Path("lms/theme/static/theme/tokens.css"))
    frame = tokens_by_theme(Path("media/h5p/django_app/player/small-core.css"))
    assert set(frame) == {"light", "dark", "auto", "contrast"}
    for theme, tokens in frame.items():
        assert tokens.items() <= site[theme].items(), theme


def tokens_by_theme(path: Path) -> dict[str, dict[str, str]]:
    blocks = re.findall(
        r'(:root|data-theme="(?!light)(\w+)"\]) *(?:, [^{]*)?{([^}]*)}', path.read_text(encoding="utf-8")
    )
    found: dict[str, dict[str, str]] = {}
    for _, theme, body in blocks:
        found.setdefault(theme or "light", dict(re.findall(r"--([\w-]+): ([^;]+);", body)))
    return found


def test_without_the_player_other_activities_say_so_and_a_check_warns(settings: Any) -> None:
    settings.H5P_PLAYER_DIR = "/khong/co"
    answer = Client().get(visit(take_in(package_bytes(multi_choice("+-")))))
    assert answer.status_code == 503
    assert "chưa được cài" in answer.content.decode()
    assert "h5p.W001" in {message.id for message in run_checks()}


def test_nothing_delivered_in_blind_mode_holds_a_key(player: Path) -> None:
    secret = blanks("Thủ đô là *BI-MAT-7* nhé", "Sông *BI-MAT-8/BI-MAT-9:gợi ý*")
    activity = take_in(package_bytes(secret, "H5P.Blanks"))
    client = client_of(person("hv"))
    told = begin(client, activity)
    assert told["blind"] is True
    for address in (told["frame"], visit(activity)):
        page = client.get(address).content.decode()
        bodies = [page, *(client.get(one).content.decode("utf-8", "replace") for one in addresses(page))]
        assert "Thủ đô là" in page
        assert "gợi ý" in page  # tips are meant to be seen before answering
        assert "BI-MAT" not in "".join(bodies) + json.dumps(told)


def test_old_or_forged_addresses_are_refused() -> None:
    activity = take_in(own_package(CHOICE), own=True)
    address = visit(activity)
    assert Client().get(address[:-3] + "x/").status_code == 403
    assert Client().get(f"/h5p/mo/{uuid.uuid4()}/").status_code == 404
    assert Library.objects.exists()
