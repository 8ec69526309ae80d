"""Keys in files, on a token and in a service sign alike; private halves stay where they belong."""

from __future__ import annotations

import http.server
import json
import logging
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from django.core.management import call_command
from django.core.management.base import CommandError

from assessments.certificates.signing import file_signer, jwk
from assessments.certificates.signing.issuer_did import did_of_site
from assessments.certificates.signing.keys import (
    KeyUse,
    SigningKey,
    active_key,
    adopt_key,
    compromise_key,
    rotate_key,
    signer_for,
    verification_keys,
)
from assessments.certificates.signing.make_key import key_path
from assessments.certificates.signing.models import KeyPlace
from assessments.certificates.signing.seal_identity import ca_pem, seal_certificates, seal_identity
from assessments.certificates.signing.signature_holds import signature_holds
from assessments.certificates.signing.signer import NoSigningKey, SigningFailed

pytestmark = pytest.mark.django_db
SOFTHSM = next(
    (
        path
        for path in ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/libsofthsm2.so")
        if Path(path).exists()
    ),
    "",
)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> Path:
    settings.SIGNING_KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.mark.parametrize("use", list(KeyUse))
def test_the_first_use_makes_a_key_that_only_its_owner_reads(use: KeyUse, own_keys: Path) -> None:
    signer = signer_for(use)
    assert signature_holds(signer.public_jwk(), signer.algorithm, b"data", signer.sign(b"data"))
    assert not signature_holds(signer.public_jwk(), signer.algorithm, b"date", signer.sign(b"data"))
    assert signer_for(use).kid == signer.kid
    for file in own_keys.glob("*.pem"):
        if file.name != "ca.pem":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o700


def test_private_halves_are_neither_in_the_database_nor_in_logs(
    own_keys: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for use in KeyUse:
            signer_for(use).sign(b"data")
    rows = json.dumps(list(SigningKey.objects.values()), default=str)
    for file in own_keys.glob("*-*.pem"):
        secret = "".join(file.read_text().splitlines()[1:-1])
        assert secret[:40] not in rows
        assert secret[:40] not in caplog.text
    for key in SigningKey.objects.all():
        assert set(key.public_jwk) <= {"kty", "crv", "x", "y", "n", "e"}


@pytest.mark.parametrize(
    ("site", "did"),
    [
        ("https://example.org", "did:web:example.org"),
        ("https://Example.org:8443", "did:web:example.org%3A8443"),
        ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
    ],
)
def test_the_issuer_is_named_after_the_site(site: str, did: str) -> None:
    assert did_of_site(site) == did


def test_a_site_that_moved_signs_with_a_new_name_and_still_knows_the_old(settings: Any) -> None:
    before = signer_for(KeyUse.CREDENTIAL).kid
    settings.SITE_URL = "https://chungnhan.example.org"
    after = signer_for(KeyUse.CREDENTIAL).kid
    assert after.startswith("did:web:chungnhan.example.org#")
    assert {key.kid for key in verification_keys(KeyUse.CREDENTIAL)} == {before, after}


def test_production_makes_no_key_by_itself(settings: Any) -> None:
    settings.EMBEDDED = False
    with pytest.raises(NoSigningKey, match="signing_keys make"):
        signer_for(KeyUse.CREDENTIAL)
    call_command("signing_keys", "make")
    assert len(signer_for(KeyUse.CREDENTIAL).sign(b"data")) == 64


def test_a_lost_file_is_told_and_not_replaced_in_silence() -> None:
    key = active_key(KeyUse.TICKET)
    key_path(key.name).unlink()
    file_signer.file_signer.cache_clear()
    with pytest.raises(NoSigningKey, match=key.name):
        signer_for(KeyUse.TICKET)


def test_rotation_retires_and_compromise_withdraws(django_capture_on_commit_callbacks: Any) -> None:
    first = active_key(KeyUse.CREDENTIAL)
    with django_capture_on_commit_callbacks(execute=True):
        second = rotate_key(KeyUse.CREDENTIAL)
    assert not key_path(first.name).exists()
    assert key_path(second.name).exists()
    assert active_key(KeyUse.CREDENTIAL) == second
    assert {key.kid for key in verification_keys(KeyUse.CREDENTIAL)} == {first.kid, second.kid}
    compromise_key(second.kid)
    third = active_key(KeyUse.CREDENTIAL)
    assert {key.kid for key in verification_keys(KeyUse.CREDENTIAL)} == {first.kid, third.kid}
    assert not key_path(second.name).exists()


def test_the_seal_is_certified_by_our_authority_for_documents_only() -> None:
    identity = seal_identity()
    leaf = x509.load_der_x509_certificate(identity.certificate.dump())
    authority = x509.load_pem_x509_certificate(ca_pem())
    leaf.verify_directly_issued_by(authority)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert jwk.jwk_of(leaf.public_key()) == identity.signer.public_jwk()  # type: ignore[arg-type]
    rotate_key(KeyUse.SEAL)
    assert len(seal_certificates()) == 2
    compromise_key(identity.key.kid)
    assert identity.certificate.dump() not in [one.dump() for one in seal_certificates()]


def test_backups_hold_keys_only_under_a_passphrase(
    own_keys: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer_for(KeyUse.CREDENTIAL)
    secret = next(own_keys.glob("credential-*.pem")).read_bytes()
    # The backup copies a database file; the one of the test may be elsewhere.
    database = tmp_path / "small.sqlite3"
    monkeypatch.setitem(
        settings.DATABASES, "default", {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}
    )
    for passphrase, kept in (("", False), ("mot cau dai de nho", True)):
        monkeypatch.setenv("BACKUP_PASSPHRASE", passphrase)
        call_command("backup", str(tmp_path / "saved.tar.gz"))
        with tarfile.open(tmp_path / "saved.tar.gz") as archive:
            names = archive.getnames()
            everything = b"".join(
                file.read() for name in names if (file := archive.extractfile(name)) is not None
            )
        assert ("keys.sealed" in names) == kept
        assert secret not in everything
        assert secret.splitlines()[1] not in everything


class _Service(http.server.BaseHTTPRequestHandler):
    """A signing service with one key, as docs/operators.md describes it."""

    key = file_signer.new_private_key("EdDSA")

    def do_GET(self) -> None:
        self._answer(jwk.jwk_of(self.key.public_key()))

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        data = jwk.from_base64url(asked["data"])
        self._answer({"signature": jwk.base64url(self.key.sign(data))})  # type: ignore[union-attr, call-arg]

    def _answer(self, content: dict[str, Any]) -> None:
        allowed = self.headers["Authorization"] == "Bearer bi-mat" and self.path.startswith("/keys/ve-1")
        self.send_response(200 if allowed else 403)
        self.end_headers()
        self.wfile.write(json.dumps(content if allowed else {}).encode())

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def service(tmp_path: Path, settings: Any) -> Iterator[Path]:
    token = tmp_path / "token"
    token.write_text("bi-mat\n")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SIGNING_REMOTE_URL = f"http://127.0.0.1:{server.server_port}"
        settings.SIGNING_REMOTE_TOKEN_FILE = str(token)
        yield token
        server.shutdown()


def test_a_remote_service_signs(service: Path, settings: Any) -> None:
    key = adopt_key(KeyUse.TICKET, KeyPlace.REMOTE, "ve-1")
    signer = signer_for(KeyUse.TICKET)
    assert signer.kid == key.kid
    assert signature_holds(key.public_jwk, "EdDSA", b"data", signer.sign(b"data"))
    with pytest.raises(SigningFailed):
        adopt_key(KeyUse.CREDENTIAL, KeyPlace.REMOTE, "ve-1")
    service.write_text("sai")
    with pytest.raises(SigningFailed) as told:
        signer.sign(b"data")
    assert "sai" not in str(told.value)
    settings.SIGNING_REMOTE_URL = "http://example.org"
    with pytest.raises(SigningFailed, match="https"):
        signer.sign(b"data")


@pytest.mark.skipif(not SOFTHSM, reason="SoftHSM is not installed")
def test_a_token_signs(tmp_path: Path) -> None:
    """In a process of its own: the library of the token keeps the configuration of its first use."""
    configuration = tmp_path / "softhsm.conf"
    (tmp_path / "tokens").mkdir()
    configuration.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    (tmp_path / "pin").write_text("1234\n")
    environment = {**os.environ, "SOFTHSM2_CONF": str(configuration)}
    tool = shutil.which("softhsm2-util") or "softhsm2-util"
    made = [tool, "--init-token", "--free", "--label", "cap", "--pin", "1234", "--so-pin", "5678"]
    subprocess.run(made, env=environment, check=True, capture_output=True)
    program = Path(__file__).with_name("token_signs.py")
    words = [sys.executable, program, SOFTHSM, tmp_path / "pin"]
    done = subprocess.run([*map(str, words)], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["ES256", "EdDSA", "RS256"], done.stderr[-2000:]


def test_a_missing_token_is_told(settings: Any) -> None:
    settings.SIGNING_PKCS11_MODULE = "/khong/co.so"
    with pytest.raises((SigningFailed, NoSigningKey)):
        adopt_key(KeyUse.TICKET, KeyPlace.PKCS11, "ve")
    with pytest.raises(CommandError):
        call_command("signing_keys", "adopt", "ticket", "pkcs11", "ve")
