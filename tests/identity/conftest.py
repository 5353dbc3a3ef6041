"""The providers of these tests: a small one of our own, which can do wrong, and the certified ones, which cannot."""

from collections.abc import Iterator

import pytest

from monespace.identity.models import ClientKey
from monespace.identity.oidc import kept, own_keys
from tests.identity.peers.process import Peers
from tests.identity.provider import Provider
from tests.identity.relying import fas_settings, itsme_settings

KEYS: list[dict] = []  # our own keys, made once a run: RSA is slow to make


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What was learnt of the provider of another test is forgotten."""
    kept.forget()


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    """A federal service of our own."""
    made = Provider()
    settings.PROVIDERS = {"fas": fas_settings(made.issuer)}
    yield made
    made.stop()


@pytest.fixture
def our_keys(db) -> list[ClientKey]:
    """Our signing and our encryption key, as after the first `monespace keys rotate`."""
    if not KEYS:
        KEYS.extend({"kid": key.kid, "use": key.use, "sealed": key.sealed} for key in own_keys.rotate())
        ClientKey.objects.all().delete()
    now = own_keys.timezone.now()
    return [ClientKey.objects.create(signs_from=now, **key) for key in KEYS]


@pytest.fixture
def itsme(settings, our_keys) -> Iterator[Provider]:
    """An itsme of our own, beside the federal service: it encrypts what it signs to our key."""
    made, federal = Provider(kind="itsme"), Provider()
    made.key_set = own_keys.published()  # read here: its thread sees nothing of this test's transaction
    settings.PROVIDERS = {"fas": fas_settings(federal.issuer), "itsme": itsme_settings(made.issuer)}
    yield made
    made.stop()
    federal.stop()


@pytest.fixture(scope="session")
def node_process() -> Iterator[Peers]:
    """The certified peers, one process for the run."""
    from django.conf import settings

    made = Peers(settings.SITE_URL)
    yield made
    made.stop()


@pytest.fixture
def peers(node_process, settings, our_keys) -> Peers:
    """The certified peers, with this test's portal as their client."""
    node_process.ours.key_set = own_keys.published()
    node_process.ours.logout_tokens.clear()
    settings.PROVIDERS = {
        "fas": fas_settings(node_process.issuers["fas"], secret=node_process.secret),
        "itsme": itsme_settings(node_process.issuers["itsme"]),
    }
    return node_process
