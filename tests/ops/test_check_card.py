"""`monespace check` on the card read directly: what would refuse cards, or believe them too easily, is said."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from monespace.cli.check_card import card, card_remarks
from tests.identity.cards import DATES, NOW, ORIGIN, WAYS, trust
from tests.webeid.cards import Authority, usage

UNAUTHORIZED = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED).public_bytes(
    Encoding.DER
)


@pytest.fixture
def on(settings, tmp_path):
    """The card is among the ways, and all is well configured."""
    settings.SIGN_IN_FILE = tmp_path / "sign-in.yaml"
    settings.SIGN_IN_FILE.write_text(WAYS, encoding="utf-8")
    settings.SITE_URL = settings.WEBEID_ORIGIN = ORIGIN
    settings.WEBEID_OCSP = True
    trust(settings, tmp_path, Authority.made("Citizen CA", **DATES))
    return settings


@pytest.fixture
def responder():
    """A responder that answers whatever `said` holds; `url` is its address, `asked` what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        said, asked = UNAUTHORIZED, []

        def do_POST(self) -> None:
            self.asked.append(ocsp.load_der_ocsp_request(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.said)

        def log_message(self, *_line) -> None:
            """Not on the screen of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.url = f"http://127.0.0.1:{server.server_port}/"
    yield Handler
    server.shutdown()
    server.server_close()


def naming(url: str) -> Authority:
    """An authority whose certificate names this responder."""
    place = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(url))
    known = x509.AuthorityKeyIdentifier(b"k" * 20, None, None)
    extensions = {
        x509.BasicConstraints(ca=True, path_length=0): True,
        usage("key_cert_sign"): True,
        known: False,
        x509.AuthorityInformationAccess([place]): False,
    }
    return Authority.made("Citizen CA", extensions=extensions, **DATES)


def test_what_is_well_blocks_nothing_and_the_days_left_are_told(on, tmp_path) -> None:
    assert list(card()) == []
    assert list(card_remarks()) == [
        "The authority Citizen CA issues cards that are read here for 364 days more.",
        "No authority in WEBEID_CA names a responder to try: sign in with a card to see whether revocation can be asked.",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WEBEID_CA", "", "WEBEID_CA is not set"),
        ("WEBEID_CA", "nowhere.pem", "WEBEID_CA nowhere.pem cannot be read"),
        ("WEBEID_ORIGIN", "http://monespace.example", "an origin is https://"),
        ("WEBEID_ORIGIN", f"{ORIGIN}/", "an origin is https://"),
        ("WEBEID_ORIGIN", "https://other.example", "every card would be refused"),
        ("SITE_URL", f"{ORIGIN}:8443", "every card would be refused"),
        ("WEBEID_OCSP", False, "lost and stolen cards would be accepted"),
    ],
)
def test_each_mistake_is_said(on, name: str, value: object, said: str) -> None:
    setattr(on, name, value)
    complaints = list(card())
    assert len(complaints) == 1
    assert said in complaints[0]


@pytest.mark.parametrize("address", [f"{ORIGIN}:443", ORIGIN.upper().replace("HTTPS", "https"), f"{ORIGIN}/"])
def test_the_origin_is_what_browsers_show(on, address: str) -> None:
    on.SITE_URL = address
    assert list(card()) == []
    on.WEBEID_ORIGIN = f"{ORIGIN}:443"
    assert "every card would be refused" in next(card())


def test_authorities_that_are_over_block_and_those_that_end_soon_are_told(on, tmp_path) -> None:
    begin = NOW - timedelta(days=999)
    over = Authority.made("Over CA", begin=begin, end=NOW - timedelta(days=1))
    soon = [Authority.made(f"Soon CA {days}", begin=begin, end=NOW + timedelta(days=days, hours=1)) for days in (9, 29)]
    early = Authority.made("Early CA", begin=NOW + timedelta(days=3), end=DATES["end"])
    trust(on, tmp_path, over, *soon, early)
    assert [complaint.split(" in WEBEID_CA ")[0] for complaint in card()] == [
        "The authority Over CA",
        "The authority Early CA",
    ]
    told = [remark for remark in card_remarks() if "days more" in remark]
    assert [remark.split()[-3] for remark in told] == ["9", "29"]


def test_a_responder_that_answers_anything_by_ocsp_is_well(on, responder, tmp_path) -> None:
    authority = naming(responder.url)
    trust(on, tmp_path, authority)
    assert list(card()) == []
    (asked,) = responder.asked
    assert (asked.serial_number, asked.issuer_key_hash) == (authority.certificate.serial_number, b"k" * 20)
    responder.said = b"<html>Log in to the network</html>"
    assert [complaint for complaint in card() if "does not answer by OCSP" in complaint]


def test_a_responder_that_cannot_be_reached_is_said(on, tmp_path) -> None:
    trust(on, tmp_path, naming("http://127.0.0.1:9/"))
    assert [complaint for complaint in card() if "cannot be reached from here (ConnectionError)" in complaint]


def test_a_portal_that_reads_no_cards_needs_nothing(settings) -> None:
    settings.WEBEID_CA = ""
    assert list(card()) == []
    assert list(card_remarks()) == []
