"""Programs that none of us wrote accept what a running site issues, and refuse what was spoiled or withdrawn."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.running_site import ROOT, RunningSite

CHECKER = ROOT / "tests" / "outside" / "check_credentials.mjs"
FILES = {"certificate.pdf", "credential.jwt", "credential.json", "ca.pem", "did.json", "status.json"}
REVOKE = (
    "from assessments.certificates.api import Certificate, revoke_certificate;"
    "revoke_certificate(Certificate.objects.get(number='{}'), 'Làm bài hộ', None)"
)


def judged(site: RunningSite, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        ["node", str(CHECKER), site.url, str(folder)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["strangers"] == [], "a checker asked another host"
    return answer


@pytest.fixture(scope="module")
def sample(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("sample")
    number: str = json.loads(site.manage("issue_sample", "--out", str(folder)))["number"]
    return folder, number


@pytest.fixture(scope="module")
def answer(site: RunningSite, sample: tuple[Path, str]) -> dict[str, Any]:
    return judged(site, sample[0])


def test_the_sample_is_whole_and_the_same_when_asked_again(
    site: RunningSite, sample: tuple[Path, str], tmp_path: Path
) -> None:
    folder, number = sample
    assert {file.name for file in folder.iterdir()} == FILES
    assert json.loads(site.manage("issue_sample", "--out", str(tmp_path)))["number"] == number
    assert (tmp_path / "credential.jwt").read_text() == (folder / "credential.jwt").read_text()
    assert (tmp_path / "certificate.pdf").read_bytes() == (folder / "certificate.pdf").read_bytes()


def test_jose_accepts_the_jwt_by_every_published_key(answer: dict[str, Any]) -> None:
    jose = answer["jose"]
    for way in ("byJwkSet", "bySingleKey", "byDidDocument", "statusList"):
        assert jose[way]["valid"], jose[way]
    assert jose["none"] == {"valid": False, "error": "ERR_JOSE_ALG_NOT_ALLOWED"}
    assert jose["bent"] == {"valid": False, "error": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}


def test_digital_bazaar_accepts_the_proof_and_reads_the_status(answer: dict[str, Any]) -> None:
    bazaar = answer["digitalBazaar"]
    assert bazaar["error"] is None
    assert (bazaar["signature"], bazaar["statusVerified"], bazaar["revoked"]) == (True, True, False)
    assert answer["digitalBazaarChanged"]["signature"] is False


def test_verifier_core_accepts_everything_but_a_registry(answer: dict[str, Any]) -> None:
    core = answer["verifierCore"]
    assert core["errors"] == []
    assert (core["signature"], core["notExpired"], core["notRevoked"]) == (True, True, True)
    assert core["schema"] == {"valid": True}
    assert answer["verifierCoreChanged"]["errors"] == ["invalid_signature"]


def test_the_rules_of_open_badges_are_kept_and_can_be_broken(answer: dict[str, Any]) -> None:
    """Our own writing of the rules: the schema file of 1EdTech is not carried along."""
    rules = answer["rules"]
    assert rules["whole"]
    assert len(rules["broken"]) == 10
    assert not any(rules["broken"].values()), rules["broken"]


def test_all_of_them_see_a_revocation_at_once(
    site: RunningSite, sample: tuple[Path, str], answer: dict[str, Any]
) -> None:
    """``answer`` has read the list before. The proof still holds; it is the status that tells."""
    folder, number = sample
    site.manage("shell", "-c", REVOKE.format(number))
    after = judged(site, folder)
    bazaar, core = after["digitalBazaar"], after["verifierCore"]
    assert (bazaar["signature"], bazaar["statusVerified"], bazaar["revoked"]) == (True, True, True)
    assert (core["signature"], core["notRevoked"]) == (True, False)
    assert json.loads(site.manage("issue_sample", "--out", str(folder)))["number"] != number
    assert judged(site, folder)["digitalBazaar"]["revoked"] is False
