"""What is signed for a certificate, and what is refused when somebody shows a spoiled one."""

from __future__ import annotations

import base64
import copy
import datetime as dt
import hashlib
import hmac
import json
import uuid
from collections.abc import Callable
from typing import Any

import cbor2
import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from assessments.certificates import codes
from assessments.certificates.api import Certificate
from assessments.certificates.credentials import base58
from assessments.certificates.credentials.checked import Problem, Refused
from assessments.certificates.credentials.integrity_proof import TermWithoutMeaning, proof_holds, with_proof
from assessments.certificates.credentials.jwt_text import signed_jwt
from assessments.certificates.credentials.open_badge import document_of, hashed_identity
from assessments.certificates.credentials.open_signed import open_jwt, open_ticket_with
from assessments.certificates.credentials.qr_address import qr_address
from assessments.certificates.credentials.sign_credential import sign_credential
from assessments.certificates.credentials.signed_document import signed_document
from assessments.certificates.credentials.ticket import BadTicket, Ticket, open_ticket, signed_ticket
from assessments.certificates.credentials.verify import verify_json, verify_jwt, verify_ticket
from assessments.certificates.signing.file_signer import new_private_key
from assessments.certificates.signing.jwk import base64url, from_base64url, jwk_of, key_of, thumbprint
from assessments.certificates.signing.keys import KeyUse, signer_for
from lms.accounts.api import erase_person
from tests.certificates.conftest import MakeSitting
from tests.certificates.signed import encoded, part, signed_certificate

WORD = st.text(max_size=9) | st.sampled_from(["proof", "@context", "id", "type"])


@pytest.fixture
def certificate(make_sitting: MakeSitting) -> Certificate:
    return signed_certificate(make_sitting())


class OtherSigner:
    """Somebody else, with a key of the same kind, who claims our address."""

    def __init__(self, kid: str, algorithm: str) -> None:
        self.kid, self.algorithm = kid, algorithm
        self.key: Any = new_private_key(algorithm)

    def public_jwk(self) -> dict[str, Any]:
        return jwk_of(self.key.public_key())

    def sign(self, data: bytes) -> bytes:
        if self.algorithm == "EdDSA":
            return bytes(self.key.sign(data))
        return b"\1" * 64


def test_the_payload_is_the_whole_open_badge(certificate: Certificate) -> None:
    header, claims, _ = certificate.credential.split(".")
    said, told = part(header), part(claims)
    did = "did:web:127.0.0.1%3A8000"
    assert said["alg"] == "ES256"
    assert said["kid"].startswith(f"{did}#")
    assert "vc" not in told
    assert told["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert told["issuer"]["id"] == told["iss"] == did
    assert told["id"] == told["jti"] == f"http://127.0.0.1:8000/c/{codes.shown(certificate.code)}"
    assert told["sub"] == told["credentialSubject"]["id"]
    assert dt.datetime.fromisoformat(told["validFrom"]).timestamp() == told["nbf"]
    assert dt.datetime.fromisoformat(told["validUntil"]).timestamp() == told["exp"]
    assert told["credentialStatus"]["statusListIndex"] == str(certificate.status_index)
    assert verify_jwt(certificate.credential).valid


def test_the_subject_is_known_by_salted_hashes_only(certificate: Certificate) -> None:
    person = certificate.person
    assert person is not None
    person.email, person.phone = "ka.huong@example.org", "0912345678"
    person.save()
    claims = part(certificate.credential.split(".")[1])
    text = json.dumps(claims, ensure_ascii=False)
    for private in (person.full_name, person.username, person.email, person.phone, str(person.uuid)):
        assert private not in text
    name, system = claims["credentialSubject"]["identifier"]
    assert name["hashed"] is system["hashed"] is True
    assert name["identityHash"] == hashed_identity(certificate.name, name["salt"])
    plain = (str(person.uuid) + system["salt"]).encode()
    assert system["identityHash"] == "sha256$" + hashlib.sha256(plain).hexdigest()


def test_signing_twice_changes_nothing(certificate: Certificate) -> None:
    first = (certificate.credential, certificate.ticket, certificate.status_index)
    sign_credential(certificate)
    certificate.refresh_from_db()
    assert (certificate.credential, certificate.ticket, certificate.status_index) == first


def test_the_embedded_proof_is_a_list_of_one_and_holds(certificate: Certificate) -> None:
    document = signed_document(certificate)
    assert isinstance(document["proof"], list)
    assert [proof["cryptosuite"] for proof in document["proof"]] == ["eddsa-rdfc-2022"]
    assert not {"iss", "jti", "nbf", "exp", "sub"} & set(document)
    checked = verify_json(json.dumps(document))
    assert checked.valid
    assert checked.code == certificate.code


def _changed_name(document: dict[str, Any]) -> None:
    document["name"] = "Giỏi hơn"


def _unknown_term(document: dict[str, Any]) -> None:
    document["credentialSubject"]["diem"] = "10"


def _other_context(document: dict[str, Any]) -> None:
    document["@context"].append("https://example.org/context")


def _inline_context(document: dict[str, Any]) -> None:
    document["@context"].append({"name": None})


def _two_proofs(document: dict[str, Any]) -> None:
    document["proof"] *= 2


def _other_suite(document: dict[str, Any]) -> None:
    document["proof"][0]["cryptosuite"] = "eddsa-jcs-2022"


def _other_purpose(document: dict[str, Any]) -> None:
    document["proof"][0]["proofPurpose"] = "authentication"


def _other_key(document: dict[str, Any]) -> None:
    document["proof"][0]["verificationMethod"] = "did:web:example.org#proof"


def _other_issuer(document: dict[str, Any]) -> None:
    document["issuer"]["id"] = "did:web:example.org"


def _no_proof(document: dict[str, Any]) -> None:
    del document["proof"]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (_changed_name, Problem.SIGNATURE),
        (_unknown_term, Problem.MALFORMED),
        (_other_context, Problem.MALFORMED),
        (_inline_context, Problem.MALFORMED),
        (_two_proofs, Problem.MALFORMED),
        (_other_suite, Problem.ALGORITHM),
        (_other_purpose, Problem.MALFORMED),
        (_other_key, Problem.UNKNOWN_KEY),
        (_other_issuer, Problem.SIGNATURE),
        (_no_proof, Problem.MALFORMED),
    ],
)
def test_a_spoiled_document_is_refused(
    certificate: Certificate, spoil: Callable[[dict[str, Any]], None], problem: Problem
) -> None:
    document = copy.deepcopy(signed_document(certificate))
    spoil(document)
    checked = verify_json(document)
    assert (checked.genuine, checked.problem) == (False, problem)


def test_a_well_signed_document_that_we_never_issued_is_refused(certificate: Certificate) -> None:
    document = signed_document(certificate)
    del document["proof"]
    document["id"] = f"http://127.0.0.1:8000/c/{codes.shown(codes.new_code())}"
    forged = with_proof(document, signer_for(KeyUse.PROOF), dt.datetime.now(dt.UTC))
    assert verify_json(forged).problem == Problem.CONTENT


def test_terms_without_meaning_cannot_be_signed(certificate: Certificate) -> None:
    document = document_of(part(certificate.credential.split(".")[1])) | {"diem": "10"}
    with pytest.raises(TermWithoutMeaning):
        with_proof(document, signer_for(KeyUse.PROOF), dt.datetime.now(dt.UTC))


def _jwt_parts(certificate: Certificate) -> tuple[dict[str, Any], str, str]:
    header, claims, signature = certificate.credential.split(".")
    return part(header), claims, signature


def test_no_signature_is_refused(certificate: Certificate) -> None:
    header, claims, _ = _jwt_parts(certificate)
    for name in ("none", "None", "NONE"):
        assert verify_jwt(f"{encoded({**header, 'alg': name})}.{claims}.").problem == Problem.ALGORITHM


def test_the_public_key_as_secret_is_refused(certificate: Certificate) -> None:
    header, claims, _ = _jwt_parts(certificate)
    key = key_of(signer_for(KeyUse.CREDENTIAL).public_jwk())
    text = f"{encoded({**header, 'alg': 'HS256'})}.{claims}"
    for secret in (
        key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        json.dumps(signer_for(KeyUse.CREDENTIAL).public_jwk()).encode(),
    ):
        tag = hmac.new(secret, text.encode(), hashlib.sha256).digest()
        assert verify_jwt(f"{text}.{base64url(tag)}").problem == Problem.ALGORITHM


def test_a_key_that_the_text_brings_along_is_refused(certificate: Certificate) -> None:
    header, claims, signature = _jwt_parts(certificate)
    other = OtherSigner(header["kid"], "ES256")
    for name, value in (
        ("jwk", other.public_jwk()),
        ("jku", "https://example.org/jwks.json"),
        ("x5u", "https://example.org/x.pem"),
        ("x5c", ["AAAA"]),
    ):
        text = f"{encoded({**header, name: value})}.{claims}.{signature}"
        assert verify_jwt(text).problem == Problem.FOREIGN_KEY


def test_an_unknown_key_and_a_forged_signature_are_refused(certificate: Certificate) -> None:
    header, claims, _ = _jwt_parts(certificate)
    told = part(claims)
    assert verify_jwt(signed_jwt(told, OtherSigner(header["kid"], "ES256"))).problem == Problem.SIGNATURE
    stranger = OtherSigner("did:web:example.org#x", "ES256")
    assert verify_jwt(signed_jwt(told, stranger)).problem == Problem.UNKNOWN_KEY
    unnamed = f"{encoded({'alg': 'ES256'})}.{claims}.AAAA"
    assert verify_jwt(unnamed).problem == Problem.UNKNOWN_KEY
    proof_key = signer_for(KeyUse.PROOF).kid
    assert verify_jwt(signed_jwt(told, OtherSigner(proof_key, "ES256"))).problem == Problem.UNKNOWN_KEY


def test_our_key_speaks_for_us_only(certificate: Certificate) -> None:
    told = part(certificate.credential.split(".")[1])
    ours = signer_for(KeyUse.CREDENTIAL)
    assert verify_jwt(signed_jwt({**told, "iss": "did:web:example.org"}, ours)).problem == Problem.ISSUER
    other = {**told, "issuer": {**told["issuer"], "id": "did:web:example.org"}}
    assert verify_jwt(signed_jwt(other, ours)).problem == Problem.ISSUER
    no_badge = {**told, "type": ["VerifiableCredential", "BitstringStatusListCredential"]}
    assert verify_jwt(signed_jwt(no_badge, ours)).problem == Problem.CONTENT


def test_every_changed_letter_of_the_jwt_is_refused(certificate: Certificate) -> None:
    text = certificate.credential
    for place in range(0, len(text), 41):
        other = "A" if text[place] != "A" else "B"
        assert not verify_jwt(text[:place] + other + text[place + 1 :]).genuine


@given(
    st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
)
def test_nonsense_is_refused_and_never_breaks(text: str) -> None:
    keys = {"did:web:x#y": OtherSigner("", "ES256").public_jwk()}
    for shown in (text, f"{text}.{text}.{text}"):
        with pytest.raises(Refused):
            open_jwt(shown, keys)
        with pytest.raises(Refused):
            open_ticket_with(shown, keys)


@pytest.mark.django_db
@given(st.recursive(st.none() | WORD, lambda part: st.lists(part) | st.dictionaries(WORD, part)))
def test_nonsense_as_json_is_refused(content: Any) -> None:
    assert not verify_json(json.dumps(content)).genuine


def test_times_count(certificate: Certificate) -> None:
    told = part(certificate.credential.split(".")[1])
    ours = signer_for(KeyUse.CREDENTIAL)
    past = verify_jwt(signed_jwt({**told, "validUntil": "2020-01-01T00:00:00+07:00"}, ours))
    assert (past.genuine, past.valid, past.problem) == (True, False, Problem.EXPIRED)
    future = verify_jwt(signed_jwt({**told, "validFrom": "2120-01-01T00:00:00+07:00"}, ours))
    assert (future.genuine, future.problem) == (True, Problem.NOT_YET)


def test_the_qr_holds_page_and_ticket_and_stays_scannable(certificate: Certificate) -> None:
    address = qr_address(certificate)
    page, ticket = address.split("#")
    assert page == f"http://127.0.0.1:8000/c/{codes.shown(certificate.code)}"
    checked = verify_ticket(ticket)
    assert checked.valid
    assert checked.code == certificate.code
    assert checked.content["name"] == certificate.name
    # 65 modules and a quiet zone of 4 on 32 mm are 0.44 mm each; phones read 0.33 mm.
    long = Ticket(
        certificate.code, "Nguyễn Phước Tôn Nữ Hường Đắk Nông Ƀrẽm", "ats", "Thành thạo",
        dt.date(2026, 1, 1), dt.date(2030, 1, 1), 12, 131_000,
    )  # fmt: skip
    text = signed_ticket(long, signer_for(KeyUse.TICKET), b"abcd")
    public = f"https://binhdanhocvuso.example.gov.vn/c/{codes.shown(certificate.code)}#{text}"
    assert segno.make(public, error="m").symbol_size(border=0)[0] <= 69


def test_every_changed_letter_of_a_ticket_is_refused(certificate: Certificate) -> None:
    text = certificate.ticket
    keys = {"k": signer_for(KeyUse.TICKET).public_jwk()}
    for place in range(len(text)):
        other = "A" if text[place] != "A" else "B"
        with pytest.raises(Refused):
            open_ticket_with(text[:place] + other + text[place + 1 :], keys)


def _ticket_with(protected: Any, unprotected: Any, key: Any) -> str:
    head = cbor2.dumps(protected)
    body = cbor2.dumps([1, bytes(10), "x", "vid", "y", 20000, None, 1, 5])
    signature = key.sign(cbor2.dumps(["Signature1", head, b"", body]))
    return base64url(cbor2.dumps(cbor2.CBORTag(18, [head, unprotected, body, signature])))


@pytest.mark.parametrize(
    ("protected", "unprotected"),
    [
        ({1: -7, 4: b"k"}, {}),
        ({1: -8}, {}),
        ({1: -8, 4: b"k", 2: [99]}, {}),
        ({1: -8, 4: b"k"}, {4: b"other"}),
        ({1: -8, 4: "k"}, {}),
    ],
)
def test_tickets_of_another_make_are_refused(protected: Any, unprotected: Any) -> None:
    key: Any = new_private_key("EdDSA")
    public = key.public_key()
    assert isinstance(public, Ed25519PublicKey)
    open_ticket(_ticket_with({1: -8, 4: b"k"}, {}, key), public)
    with pytest.raises(BadTicket):
        open_ticket(_ticket_with(protected, unprotected, key), public)


def test_something_after_a_ticket_is_refused(certificate: Certificate) -> None:
    longer = base64url(from_base64url(certificate.ticket) + b"\0")
    assert verify_ticket(longer).problem == Problem.MALFORMED


@given(st.binary(max_size=80))
def test_base58_comes_back(data: bytes) -> None:
    assert base58.from_multibase(base58.multibase(data)) == data


def test_base58_and_proofs_agree_with_the_published_example() -> None:
    """Test vector of https://www.w3.org/TR/vc-di-eddsa/, B.1: the key pair."""
    public = base58.from_multibase("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
    assert public[:2] == b"\xed\x01"
    assert len(public) == 34


def test_thumbprints_agree_with_rfc_8037() -> None:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert base64url(thumbprint(jwk)) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_the_issuer_is_published(client: Client, certificate: Certificate) -> None:
    document = client.get("/.well-known/did.json").json()
    assert document["id"] == "did:web:127.0.0.1%3A8000"
    kid = part(certificate.credential.split(".")[0])["kid"]
    methods = {method["id"]: method for method in document["verificationMethod"]}
    assert kid in document["assertionMethod"]
    single = client.get(f"/keys/{kid.partition('#')[2]}.json")
    assert single["Content-Type"] == "application/jwk+json"
    assert single.json() == methods[kid]["publicKeyJwk"]
    assert single.json()["kid"] == kid
    listed = client.get("/.well-known/jwks.json").json()["keys"]
    assert single.json() in listed
    assert all("d" not in jwk for jwk in listed)
    assert client.get("/keys/khong-co.json").status_code == 404
    achievement = part(certificate.credential.split(".")[1])["credentialSubject"]["achievement"]
    path = achievement["id"].removeprefix("http://127.0.0.1:8000")
    assert client.get(path).json() == achievement


def test_an_erased_holder_leaves_no_credential(certificate: Certificate) -> None:
    text, ticket = certificate.credential, certificate.ticket
    assert certificate.person is not None
    erase_person(certificate.person)
    certificate.refresh_from_db()
    assert (certificate.credential, certificate.ticket) == ("", "")
    assert verify_jwt(text).problem == verify_ticket(ticket).problem == Problem.WITHDRAWN
    sign_credential(certificate)
    assert certificate.credential == ""


def test_a_proof_by_another_key_does_not_hold(certificate: Certificate) -> None:
    document = signed_document(certificate)
    proof = document.pop("proof")[0]
    own: Any = key_of(signer_for(KeyUse.PROOF).public_jwk())
    other: Any = new_private_key("EdDSA").public_key()
    assert proof_holds(document, proof, own)
    assert not proof_holds(document, proof, other)
    assert not proof_holds({**document, "id": uuid.uuid4().urn}, proof, own)
