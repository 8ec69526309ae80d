"""The public page, the form, the holder's file, and what happens to wrong, hostile and many requests."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.certificates.api import (
    Certificate,
    correct_name,
    issue_for_sitting,
    load_starter_achievements,
    revoke_certificate,
    shown_code,
)
from assessments.certificates.codes import new_code
from lms.accounts.api import Person
from tests.certificates.conftest import MakeSitting


@pytest.fixture
def certificate(make_sitting: MakeSitting) -> Certificate:
    issue_for_sitting(make_sitting())
    return Certificate.objects.get()


def test_the_page_says_what_we_issued_and_no_more(
    client: Client, certificate: Certificate, person: Person, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        response = client.get(f"/c/{shown_code(certificate.code)}")
    page = response.content.decode()
    assert response.status_code == 200
    for words in (
        "Chứng nhận thật, còn hiệu lực",
        "mức Cơ bản",
        "Ban Chỉ đạo phong trào",
        certificate.number,
    ):
        assert words in page
    assert "H•••g" in page
    assert person.full_name not in page
    assert person.username not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_every_status_has_its_own_seal(client: Client, certificate: Certificate) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Certificate.objects.filter(pk=certificate.pk).update(valid_until=yesterday)
    assert "đã hết hạn" in client.get(f"/c/{certificate.code}").content.decode()
    new = correct_name(certificate, "Tên Mới", None)
    page = client.get(f"/c/{certificate.code}").content.decode()
    assert "đã có bản mới thay" in page
    assert shown_code(new.code) in page
    revoke_certificate(new, "Làm <b>hộ</b>", None)
    page = client.get(f"/c/{new.code}").content.decode()
    assert "đã bị thu hồi" in page
    assert "Làm &lt;b&gt;hộ&lt;/b&gt;" in page


def test_expiry_is_the_end_of_the_last_day(client: Client, certificate: Certificate) -> None:
    Certificate.objects.filter(pk=certificate.pk).update(valid_until=timezone.localdate())
    assert "còn hiệu lực" in client.get(f"/c/{certificate.code}").content.decode()


def test_a_mistyped_code_never_touches_the_database(
    client: Client, certificate: Certificate, django_assert_num_queries: Any
) -> None:
    last = "0" if certificate.code[-1] != "0" else "1"
    with django_assert_num_queries(0):
        response = client.get(f"/c/{certificate.code[:-1]}{last}")
    assert response.status_code == 400
    assert "So lại từng nhóm 4 ký tự" in response.content.decode()


def test_an_unknown_code_is_answered_kindly(client: Client, certificate: Certificate) -> None:
    response = client.get(f"/c/{new_code()}")
    assert response.status_code == 404
    assert "chưa cấp chứng nhận nào" in response.content.decode()


def test_the_form_forgives_and_leads_to_the_page(client: Client, certificate: Certificate) -> None:
    assert client.get("/chung-nhan/").status_code == 200
    typed = shown_code(certificate.code).lower().replace("-", " ").replace("0", "o")
    response = client.get("/chung-nhan/", {"ma": typed})
    assert response["Location"] == f"/c/{shown_code(certificate.code)}"
    refused = client.get("/chung-nhan/", {"ma": "7K3M"})
    assert refused.status_code == 400
    assert 'href="#id_ma"' in refused.content.decode()


def test_who_fails_too_often_waits_and_others_do_not(client: Client, certificate: Certificate) -> None:
    for _ in range(20):
        assert client.get("/c/7K3M").status_code == 400
    refused = client.get(f"/c/{certificate.code}")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 600
    assert client.get("/chung-nhan/", {"ma": "x"}).status_code == 429
    assert client.get(f"/c/{certificate.code}", REMOTE_ADDR="203.0.113.9").status_code == 200
    spoofed = client.get(
        f"/c/{certificate.code}", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="127.0.0.1"
    )
    assert spoofed.status_code == 200
    behind_proxy = client.get(f"/c/{certificate.code}", HTTP_X_FORWARDED_FOR="9.9.9.9, 198.51.100.7")
    assert behind_proxy.status_code == 200


def test_the_whole_site_has_a_limit(client: Client, certificate: Certificate, settings: Any) -> None:
    settings.CERTIFICATES_FAILURES = (20, 200, 30)
    for n in range(30):
        client.get("/c/7K3M", REMOTE_ADDR=f"2001:db8:0:{n:x}::1")
    assert client.get(f"/c/{certificate.code}", REMOTE_ADDR="203.0.113.9").status_code == 429


def test_one_subscriber_of_ipv6_is_one_network(client: Client, db: None) -> None:
    for n in range(20):
        client.get("/c/7K3M", REMOTE_ADDR=f"2001:db8::{n:x}")
    assert client.get("/c/7K3M", REMOTE_ADDR="2001:db8::ffff").status_code == 429


def test_right_codes_cost_nothing(client: Client, certificate: Certificate) -> None:
    for _ in range(40):
        assert client.get(f"/c/{certificate.code}").status_code == 200


def test_only_the_holder_gets_the_paper(client: Client, certificate: Certificate, person: Person) -> None:
    address = f"/chung-nhan/{certificate.code}/pdf"
    assert client.get(address).status_code == 302
    client.force_login(Person.objects.create_user("nguoi-la", full_name="Người Lạ"))
    assert client.get(address).status_code == 404
    client.force_login(person)
    assert client.get(address).status_code == 202
    call_command("issue_certificates")
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


def test_papers_do_not_lie_among_public_uploads(certificate: Certificate, settings: Any) -> None:
    call_command("issue_certificates")
    certificate.refresh_from_db()
    assert str(settings.MEDIA_ROOT) not in certificate.pdf.path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80), place=st.sampled_from(["path", "query", "pdf"]))
def test_random_input_is_never_a_fault(client: Client, person: Person, text: str, place: str) -> None:
    from urllib.parse import quote

    from django.core.cache import cache

    cache.clear()
    client.force_login(person)
    quoted = quote(text.encode("utf-8", "surrogatepass"), safe="")
    address = {
        "path": f"/c/{quoted}",
        "query": f"/chung-nhan/?ma={quoted}",
        "pdf": f"/chung-nhan/{quoted}/pdf",
    }
    assert client.get(address[place]).status_code < 500


def test_the_command_says_it_in_one_line(certificate: Certificate, capsys: Any) -> None:
    call_command("verify_certificate", shown_code(certificate.code))
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["valid"], answer["history_whole"]) == ("valid", True, True)
    revoke_certificate(certificate, "Làm hộ", None)
    for code in (certificate.code, new_code(), "7K3M"):
        with pytest.raises(SystemExit) as ended:
            call_command("verify_certificate", code)
        assert ended.value.code == 1
    lines = capsys.readouterr().out.strip().split("\n")
    assert [json.loads(line)["status"] for line in lines] == ["revoked", "unknown", "mistyped"]


def test_starter_achievements_load_once(db: None) -> None:
    from assessments.items.api import load_starter_items
    from assessments.sittings.api import load_starter_blueprints

    load_starter_items()
    load_starter_blueprints()
    assert load_starter_achievements() == 6
    assert load_starter_achievements() == 0
