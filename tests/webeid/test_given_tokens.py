"""Real tokens of test cards, and real OCSP answers, come out as their index says."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import ocsp

from monespace.identity.webeid import MOBILE_ID_POLICIES, Ocsp, Responder, TokenRejected, validate
from tests.webeid.conftest import GIVEN

INDEX = json.loads((GIVEN / "index.json").read_text())


def authority(given: Path, name: str) -> x509.Certificate:
    """One of the given authorities."""
    return x509.load_pem_x509_certificate((given / "ca" / name).read_bytes())


def outcome(given: Path, vector: dict) -> tuple[str, object]:
    """What comes out, in the words of the index, and the identity."""
    try:
        found = validate(
            (given / vector["token"]).read_text(),
            nonce=vector["nonce"],
            origin=vector["origin"],
            trusted=[authority(given, name) for name in vector["trusted_ca"]],
            at=datetime.fromisoformat(vector["at"]),
            disallowed_policies=MOBILE_ID_POLICIES,
        )
    except TokenRejected as refused:
        return f"invalid:{refused.reason}", None
    return "valid", found


@pytest.mark.parametrize("vector", INDEX["vectors"], ids=lambda vector: vector["id"])
def test_a_given_token_comes_out_as_its_index_says(given, vector):
    said, found = outcome(given, vector)

    assert said == vector["expect"]
    for part, value in vector.get("identity", {}).items():
        assert part == "cn" or getattr(found, part) == value


def asked(given: Path, name: str, at: str, *, pinned: bool) -> str:
    """What is said of the given certificate when this answer comes back."""
    answer = (given / "ocsp" / name).read_bytes()
    chosen = [Responder("http://ocsp.example", ocsp.load_der_ocsp_response(answer).certificates[0])] if pinned else []
    checker = Ocsp(lambda url, request: answer, responders=tuple(chosen))
    issuer = authority(given, "test-of-esteid2018.pem")
    certificate = x509.load_der_x509_certificate((given / "certs/jaak_kristjan_esteid2018_cert.der").read_bytes())
    with pytest.raises(TokenRejected) as refused:
        checker(certificate, issuer, trusted=[issuer], at=datetime.fromisoformat(at))
    return refused.value.reason


@pytest.mark.parametrize(
    ("name", "at", "pinned", "reason"),
    [
        ("ocsp_response.der", "2021-09-17T18:25:24Z", True, "ocsp-invalid"),  # its nonce is another request's
        ("ocsp_response_revoked.der", "2021-09-18T00:00:00Z", True, "revoked"),
        ("ocsp_response_unknown.der", "2021-09-18T00:16:25Z", True, "unknown"),
        (
            "ocsp_response_unknown.der",
            "2021-09-18T00:16:25Z",
            False,
            "ocsp-invalid",
        ),  # a responder of no trusted authority
        ("ocsp_response_with_2_responses.der", "2021-09-18T00:16:25Z", False, "ocsp-invalid"),
    ],
)
def test_a_given_ocsp_answer_comes_out_as_its_index_says(given, name, at, pinned, reason):
    assert asked(given, name, at, pinned=pinned) == reason
