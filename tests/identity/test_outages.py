"""A provider that is slow, silent, too long-winded or leads elsewhere: bounded, bridged for hours, said in the log."""

import threading
import time

import pytest
from structlog.testing import capture_logs

from monespace.identity import oidc
from monespace.identity.oidc import ProviderDown, kept, wire
from monespace.identity.oidc.clients import client
from monespace.identity.oidc.provider import keys
from tests.identity.relying import come_back, fas_settings, leave


class Clock:
    """The clock of what is kept, moved by hand."""

    def __init__(self, monkeypatch) -> None:
        self.ahead, real = 0.0, time.monotonic
        monkeypatch.setattr(kept.time, "monotonic", lambda: real() + self.ahead)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def test_an_outage_of_metadata_and_keys_is_bridged_for_hours_and_said(provider, clock) -> None:
    come_back(provider)
    provider.down = {"openid-configuration", "keys"}
    clock.ahead = kept.FRESH + 1
    with capture_logs() as lines:
        assert come_back(provider).level == 500
    said = [line for line in lines if line["event"] == "provider.unreachable"]
    assert {line["serving_seconds_old"] >= kept.FRESH for line in said} == {True}
    assert len(said) == 2  # metadata and keys, each once, though both were asked for several times

    clock.ahead = kept.STALE + 1
    with pytest.raises(ProviderDown):
        come_back(provider)
    provider.down = set()
    clock.ahead += kept.PAUSE
    assert come_back(provider).level == 500


def test_a_silent_provider_is_not_asked_again_at_once(provider, clock) -> None:
    provider.down = {"openid-configuration"}
    with capture_logs() as lines:
        for _one in range(5):
            with pytest.raises(ProviderDown):
                leave()
    assert len(lines) == 1


def test_a_broken_key_set_does_not_replace_a_good_one(provider, clock) -> None:
    come_back(provider)
    for broken in (
        b'{"keys": []}',
        b'{"keys": [{"kty": "oct", "k": "AA"}]}',
        b"[]",
        b'{"keys": 7}',
        b'{"keys": [7, {"kty": "EC"}]}',
    ):
        provider.bodies["keys"] = broken
        clock.ahead += kept.FRESH + 1
        assert come_back(provider).level == 500


def test_keys_that_nobody_should_use_are_left_aside(provider) -> None:
    good = provider.keys[0].as_dict(private=False)
    odd = [
        {**good, "use": "enc"},
        {**good, "key_ops": ["sign"]},
        {**good, "alg": "RS256"},
        {**good, "d": "AA"},
        {**good, "alg": []},
    ]
    provider.bodies["keys"] = wire.json.dumps({"keys": [*odd, {**good, "kid": "good"}]}).encode()
    assert [key["kid"] for key in keys(client("fas"))] == ["good"]


@pytest.mark.parametrize("name", ["openid-configuration", "keys", "token", "userinfo"])
@pytest.mark.parametrize("body", [b"x" * (wire.MOST + 1), b"[" * 100_000, b"\xff"], ids=["endless", "deep", "odd"])
def test_no_answer_is_read_without_an_end(provider, name: str, body: bytes) -> None:
    provider.bodies[name] = body
    with pytest.raises((ProviderDown, oidc.Refused)):
        come_back(provider)


def test_no_answer_is_waited_for_without_an_end(provider, monkeypatch) -> None:
    """Bytes that drip: each comes in time, all of them never."""
    provider.drip = True
    monkeypatch.setattr(wire, "LONGEST", 0.3)
    begun = time.monotonic()
    with pytest.raises(ProviderDown, match="too slow"):
        leave()
    assert time.monotonic() - begun < 3


def test_a_redirect_of_a_provider_is_not_followed(provider) -> None:
    provider.redirect = {"openid-configuration": f"{provider.issuer}/elsewhere"}
    with pytest.raises(ProviderDown, match="302"):
        leave()


def test_keys_may_lie_on_a_second_host_that_was_agreed_and_nothing_else_may(provider, settings) -> None:
    _scheme, _empty, host = provider.issuer.split("/")[:3]
    second = f"http://localhost:{host.split(':')[1]}/idp"
    provider.extra = {"jwks_uri": f"{second}/keys"}
    with pytest.raises(ProviderDown):
        leave()
    kept.forget()
    settings.PROVIDERS["fas"] = fas_settings(provider.issuer, key_hosts=[second.split("/")[2]])
    assert come_back(provider).level == 500
    kept.forget()
    provider.extra = {"token_endpoint": f"{second}/token"}
    with pytest.raises(ProviderDown):
        leave()


def test_many_threads_ask_once(provider) -> None:
    found: list = []
    asking = [threading.Thread(target=lambda: found.append(keys(client("fas")))) for _one in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert (provider.fetched_keys, len(found)) == (1, 8)


def test_a_provider_that_wants_pushed_requests_and_takes_none_is_down(provider) -> None:
    provider.extra = {"require_pushed_authorization_requests": True}
    with pytest.raises(ProviderDown):
        leave()
