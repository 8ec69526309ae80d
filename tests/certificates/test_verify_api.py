"""POST /api/v1/verify: one question, one answer; what was spoiled is refused and nothing breaks it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.certificates.api import Certificate, correct_name, revoke_certificate
from assessments.certificates.codes import new_code, shown
from assessments.certificates.credentials.jwt_text import signed_jwt
from assessments.certificates.credentials.models import StatusList
from assessments.certificates.credentials.signed_document import signed_document
from assessments.certificates.credentials.status import sign_list
from assessments.certificates.credentials.status_bits import status_credential
from assessments.certificates.signing.keys import KeyUse, signer_for
from tests.certificates.conftest import MakeSitting
from tests.certificates.signed import encoded, part, signed_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(make_sitting: MakeSitting) -> Certificate:
    return signed_certificate(make_sitting())


def ask(client: Client, **question: Any) -> Any:
    response = client.post("/api/v1/verify", json.dumps(question), content_type="application/json")
    return response.json() | {"http": response.status_code}


def with_header(jwt: str, **changes: Any) -> str:
    header, payload, signature = jwt.split(".")
    kept = {name: value for name, value in (part(header) | changes).items() if value is not None}
    return f"{encoded(kept)}.{payload}.{signature}"


def test_the_four_questions_get_one_answer(client: Client, certificate: Certificate) -> None:
    questions = (
        {"code": shown(certificate.code).lower()},
        {"jwt": certificate.credential},
        {"json": signed_document(certificate)},
    )
    for question in questions:
        answer = ask(client, **question)
        assert (answer["http"], answer["status"], answer["genuine"], answer["valid"]) == (
            200,
            "valid",
            True,
            True,
        )
        assert answer["code"] == shown(certificate.code)
        assert "•" in answer["name"]
        assert certificate.name not in json.dumps(answer, ensure_ascii=False)


def test_revocation_and_correction_are_told_at_once(client: Client, certificate: Certificate) -> None:
    newer = correct_name(certificate, "Tên Đúng", None)
    for question in ({"code": certificate.code}, {"jwt": certificate.credential}):
        answer = ask(client, **question)
        assert (answer["status"], answer["valid"], answer["genuine"]) == ("superseded", False, True)
        assert answer["superseded_by"] == shown(newer.code)
    revoke_certificate(certificate, "Làm hộ", None)
    for question in ({"code": certificate.code}, {"jwt": certificate.credential}):
        answer = ask(client, **question)
        assert (answer["status"], answer["valid"]) == ("revoked", False)


def test_forged_credentials_are_refused(client: Client, certificate: Certificate) -> None:
    jwt = certificate.credential
    header, payload, signature = jwt.split(".")
    key = json.dumps(signer_for(KeyUse.CREDENTIAL).public_jwk()).encode()
    signing_input = f"{encoded(part(header) | {'alg': 'HS256'})}.{payload}"
    digest = base64.urlsafe_b64encode(hmac.digest(key, signing_input.encode(), hashlib.sha256))
    spoiled = part(payload)
    spoiled["credentialSubject"]["result"][0]["value"] = "Thành thạo"
    forged = {
        with_header(jwt, alg="none"): "algorithm",
        f"{encoded(part(header) | {'alg': 'none'})}.{payload}.": "algorithm",
        f"{signing_input}.{digest.decode().rstrip('=')}": "algorithm",
        with_header(jwt, jwk=signer_for(KeyUse.CREDENTIAL).public_jwk()): "foreign_key",
        with_header(jwt, kid="did:web:example.org#1"): "unknown_key",
        with_header(jwt, kid=None): "unknown_key",
        f"{header}.{encoded(spoiled)}.{signature}": "signature",
        "a.b.c": "malformed",
    }
    for text, problem in forged.items():
        answer = ask(client, jwt=text)
        assert (answer["status"], answer["genuine"], answer["problem"]) == ("refused", False, problem)
        assert "number" not in answer


def test_an_expired_status_list_is_not_believed(client: Client, certificate: Certificate) -> None:
    assert certificate.status_list is not None
    sign_list(certificate.status_list)
    old = timezone.now() - dt.timedelta(days=9)
    claims = part(certificate.status_list.jwt_text.split(".")[1])
    bits = claims["credentialSubject"]["encodedList"]
    content = status_credential(claims["id"], claims["issuer"], bits, old, old + dt.timedelta(days=7))
    text = signed_jwt({**claims, **content}, signer_for(KeyUse.CREDENTIAL))
    StatusList.objects.filter(pk=certificate.status_list.pk).update(jwt_text=text)
    answer = ask(client, jwt=certificate.credential)
    assert (answer["status"], answer["valid"]) == ("status_unknown", False)


def test_exactly_one_question_is_asked(client: Client, certificate: Certificate) -> None:
    assert ask(client)["http"] == 422
    assert ask(client, code=certificate.code, jwt="x")["http"] == 422
    assert ask(client, code=["x"])["http"] == 422
    assert ask(client, pdf="không phải base64")["http"] == 422
    assert ask(client, code="x" * 65)["http"] == 422
    assert client.post("/api/v1/verify", "{", content_type="application/json").status_code == 400
    assert client.post("/api/v1/verify", "[" * 50_000, content_type="application/json").status_code == 400
    assert client.post("/api/v1/verify", "x" * 3_000_000, content_type="application/json").status_code in (
        400,
        413,
    )
    assert client.get("/api/v1/verify").status_code == 405


def test_guessing_is_throttled(client: Client, certificate: Certificate, settings: Any) -> None:
    assert [ask(client, code=new_code())["http"] for _ in range(21)] == [200] * 20 + [429]
    again = client.post("/api/v1/verify", {"code": certificate.code}, content_type="application/json")
    assert again.status_code == 429
    assert int(again["Retry-After"]) > 0
    settings.CERTIFICATES_QUESTIONS = (1, 100, 1_000)
    other = {"REMOTE_ADDR": "203.0.113.9"}
    asked = {"data": {"code": certificate.code}, "content_type": "application/json"}
    assert client.post("/api/v1/verify", **asked, **other).status_code == 200
    assert client.post("/api/v1/verify", **asked, **other).status_code == 429


def test_neighbours_share_a_limit(client: Client, settings: Any) -> None:
    settings.CERTIFICATES_FAILURES = (20, 30, 3_000)
    for n in range(30):
        client.get("/c/7K3M", REMOTE_ADDR=f"198.51.100.{n}")
    assert client.get("/c/7K3M", REMOTE_ADDR="198.51.100.200").status_code == 429
    assert client.get("/c/7K3M", REMOTE_ADDR="198.51.101.1").status_code == 400


def test_the_schema_is_documented(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    question = schema["components"]["schemas"]["Question"]["properties"]
    assert set(question) == {"code", "jwt", "json", "pdf"}
    assert "429" in schema["paths"]["/api/v1/verify"]["post"]["responses"]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["code", "jwt", "json", "pdf"]), value=ANY_JSON)
def test_no_question_breaks_it(client: Client, kind: str, value: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    answer = ask(client, **{kind: value})
    assert answer["http"] in {200, 422}
    assert not answer.get("genuine")
