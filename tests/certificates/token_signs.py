"""Make keys of all kinds on a token and let our signer use them; prints which signed. For test_signing.py.

Usage: token_signs.py LIBRARY PIN_FILE, with SOFTHSM2_CONF in the environment.
"""

from __future__ import annotations

import os
import sys

import django
import pkcs11
from django.conf import settings
from pkcs11.util.ec import encode_named_curve_parameters

sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings.test"
django.setup()

from assessments.certificates.signing.pkcs11_signer import Pkcs11Signer  # noqa: E402
from assessments.certificates.signing.signature_holds import signature_holds  # noqa: E402

# PrintableString "edwards25519", as SoftHSM names the curve.
_EDWARDS = b"\x13\x0cedwards25519"


def make(library: str, algorithm: str) -> None:
    token = pkcs11.lib(library).get_token(token_label="cap")
    with token.open(user_pin="1234", rw=True) as session:
        if algorithm == "RS256":
            session.generate_keypair(pkcs11.KeyType.RSA, 3072, store=True, label=algorithm)
            return
        if algorithm == "EdDSA":
            kind, curve = pkcs11.KeyType.EC_EDWARDS, _EDWARDS
        else:
            kind, curve = pkcs11.KeyType.EC, encode_named_curve_parameters("secp256r1")
        parameters = session.create_domain_parameters(kind, {pkcs11.Attribute.EC_PARAMS: curve}, local=True)
        parameters.generate_keypair(store=True, label=algorithm)


library, pin_file = sys.argv[1:]
settings.SIGNING_PKCS11_MODULE, settings.SIGNING_PKCS11_TOKEN = library, "cap"
settings.SIGNING_PKCS11_PIN_FILE = pin_file
for algorithm in ("ES256", "EdDSA", "RS256"):
    make(library, algorithm)
    signer = Pkcs11Signer("did:web:example.org#khoa", algorithm, algorithm)
    if signature_holds(signer.public_jwk(), algorithm, b"data", signer.sign(b"data")):
        print(algorithm)
