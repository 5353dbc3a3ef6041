"""The provider of these tests, fresh for each, and the way in through it."""

from collections.abc import Iterator

import pytest

from monespace.identity.oidc import provider as relying
from monespace.identity.sms import passwords
from tests.identity import phones
from tests.identity.provider import CLIENT, SECRET, Provider


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    made = Provider()
    settings.IDENTITY_PROVIDER = {"issuer": made.issuer, "client_id": CLIENT, "client_secret": SECRET, "key_hosts": []}
    relying._kept.clear()
    yield made
    made.stop()


@pytest.fixture
def own_code(settings, tmp_path) -> Iterator[None]:
    """The portal's own code by SMS is among the ways; passwords are stretched less than in earnest, for speed."""
    settings.SIGN_IN_FILE = tmp_path / "sign-in.yaml"
    settings.SIGN_IN_FILE.write_text(phones.WAY, encoding="utf-8")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()
