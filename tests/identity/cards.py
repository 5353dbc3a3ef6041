"""A portal that reads cards, an authority that it trusts, a responder, and a browser with a card in its reader."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.test import Client
from structlog.testing import capture_logs

from monespace.identity import card as reading
from monespace.identity.models import SignIn
from monespace.journal.models import Entry
from tests.cast import CLAIRE
from tests.webeid.cards import Authority, Card
from tests.webeid.responder import Responder, certificate_for_answers

NOW = datetime.now(UTC).replace(microsecond=0)
DATES = {"begin": NOW - timedelta(days=365), "end": NOW + timedelta(days=365)}
ORIGIN, PAGE, CHALLENGE = "https://monespace.example", "/connexion/carte/", "/connexion/carte/defi/"
WAYS = "ways:\n- {id: card, by: webeid, method: eid, level: 500}\n- {id: eid, by: fas, method: eid, level: 500}\n"
REFERENCE = re.compile(r"<strong>([2-9A-Z]{4}-[2-9A-Z]{4})</strong>")
NAMES = {
    NameOID.COUNTRY_NAME: "BE",
    NameOID.COMMON_NAME: "Claire Dubois (Authentication)",
    NameOID.SURNAME: CLAIRE.family_name,
    NameOID.GIVEN_NAME: "Claire Marie",
    NameOID.SERIAL_NUMBER: CLAIRE.national_number,
}


def named(**changed: str | None) -> dict:
    """What Claire's card says of her, but for what changes: SERIAL_NUMBER="…"; None leaves it out."""
    names = NAMES | {getattr(NameOID, name): value for name, value in changed.items()}
    return {kind: value for kind, value in names.items() if value is not None}


def card_of(authority: Authority, algorithm: str = "ES384", *, person: dict | None = None, **changed) -> Card:
    """A card in its dates."""
    return authority.card(algorithm, person=person or NAMES, **{**DATES, **changed})


def policy(dotted: str) -> dict:
    """An extension with this policy, for `more`."""
    return {x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(dotted), None)]): False}


def answering(authority: Authority, card: Card, **changed) -> Responder:
    """The authority's responder, asked about this card now."""
    at = datetime.now(UTC).replace(microsecond=0)
    certificate = changed.pop("certificate", None) or certificate_for_answers(authority, **DATES)
    return Responder(authority, card, this=at, following=at + timedelta(minutes=1), certificate=certificate, **changed)


class Reader:
    """A browser at the page of the card, and the card in its reader."""

    def __init__(self, authority: Authority) -> None:
        self.browser = Client(headers={"accept-language": "fr"})
        self.authority, self.card = authority, card_of(authority)
        self.responder = answering(authority, self.card)

    def put(self, card: Card, **changed) -> "Reader":
        """Another card, whose authority's responder knows it; `changed` is of the responder."""
        self.card, self.responder = card, answering(self.authority, card, **changed)
        return self

    def challenge(self, **goal: object) -> str:
        """A fresh challenge of the portal."""
        return self.browser.post(CHALLENGE, goal).json()["challenge"]

    def send(self, token: str, challenge: str, **goal: object):
        """The answer to a challenge."""
        return self.browser.post(PAGE, {"token": token, "challenge": challenge, **goal})

    def sign_in(self, *, origin: str = ORIGIN, suite: str = "", **changed: object):
        """A whole sign-in; `changed` are fields of the token."""
        challenge = self.challenge(suite=suite)
        return self.send(self.card.token(challenge, origin, **changed), challenge, suite=suite)


@pytest.fixture(scope="session")
def citizen_ca() -> Authority:
    """The authority whose cards the portal takes."""
    return Authority.made("eID TEST Citizen CA", **DATES)


def trust(settings, folder, *authorities: Authority) -> None:
    """The portal trusts these."""
    path = folder / f"ca-{'-'.join(str(one.certificate.serial_number)[:9] for one in authorities)}.pem"
    path.write_bytes(b"".join(one.certificate.public_bytes(Encoding.PEM) for one in authorities))
    settings.WEBEID_CA = str(path)


@pytest.fixture
def reader(db, settings, tmp_path, citizen_ca, monkeypatch) -> Reader:
    """Claire's browser, at a portal that offers the card and asks her authority's responder."""
    settings.SIGN_IN_FILE = tmp_path / "sign-in.yaml"
    settings.SIGN_IN_FILE.write_text(WAYS, encoding="utf-8")
    settings.WEBEID_ORIGIN = ORIGIN
    trust(settings, tmp_path, citizen_ca)
    made = Reader(citizen_ca)
    monkeypatch.setattr(reading, "fetch", lambda url, asked: made.responder.fetch(url, asked))
    return made


def assert_refused(code: str, act: Callable, *, status: int = 403) -> str:
    """Holds an act against what was promised for a refusal with that code: nobody signed in, a reference on the page, which the
    log and the journal have with the code, and no number anywhere. Returns what the page says."""
    before = SignIn.objects.filter(ended_at=None).count()
    with capture_logs() as lines:
        page = act()
    text = page.content.decode()
    assert page.status_code == status, text
    (reference,) = REFERENCE.findall(text)
    told = [(line["code"], line["reference"], line["way"]) for line in lines if line["event"] == "sign_in.refused"]
    assert told == [(code, reference, "card")]
    assert [
        entry.detail["code"] for entry in Entry.objects.filter(act="sign_in.refused", detail__reference=reference)
    ] == [code]
    assert SignIn.objects.filter(ended_at=None).count() == before
    assert "no-store" in page.headers["Cache-Control"]
    assert CLAIRE.national_number not in f"{text}{lines}{list(Entry.objects.values())}"
    return text
