"""The provider of these tests, fresh for each, and the way in through it."""

from collections.abc import Iterator

import pytest

from monespace.identity.oidc import provider as relying
from tests.identity.provider import CLIENT, SECRET, Provider


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    made = Provider()
    settings.IDENTITY_PROVIDER = {"issuer": made.issuer, "client_id": CLIENT, "client_secret": SECRET, "key_hosts": []}
    relying._kept.clear()
    yield made
    made.stop()
