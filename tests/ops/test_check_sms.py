"""`monespace check` on codes by SMS: what would keep them from arriving is said, and nothing is sent."""

import pytest

from monespace.cli import check_sms
from monespace.notices.gateway import GatewayDown, HttpGateway


@pytest.fixture
def on(settings, tmp_path):
    """The way is on, and its gateway well configured."""
    settings.SIGN_IN_FILE = tmp_path / "sign-in.yaml"
    settings.SIGN_IN_FILE.write_text("ways:\n  - {id: code, by: sms, method: sms, level: 400}\n", encoding="utf-8")
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_SECRET = "https://sms.example/send", "only-for-tests"
    return settings


@pytest.fixture
def answers(monkeypatch):
    monkeypatch.setattr(HttpGateway, "ready", lambda self: None)


@pytest.mark.usefixtures("answers")
def test_what_is_well_is_not_spoken_of(on) -> None:
    assert [*check_sms.sms(), *check_sms.sessions()] == []


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SMS_GATEWAY_URL", "", "SMS_GATEWAY_URL is not set"),
        ("SMS_GATEWAY_URL", "http://sms.example/send", "in clear"),
        ("SMS_GATEWAY_URL", "https://127.0.0.1/send", "on this machine"),
        ("SMS_GATEWAY_SECRET", "", "SMS_GATEWAY_SECRET is not set"),
        ("SITE_URL", f"https://{'monespace.' * 9}example", "more than one part"),
    ],
)
def test_each_mistake_is_said(on, name: str, value: str, said: str) -> None:
    setattr(on, name, value)
    assert any(said in complaint for complaint in check_sms.sms())


def test_a_gateway_that_does_not_know_us_is_said(on, monkeypatch) -> None:
    def refuse(self) -> None:
        raise GatewayDown("status 401")

    monkeypatch.setattr(HttpGateway, "ready", refuse)
    assert list(check_sms.sms()) == ["The SMS gateway does not take messages from us (status 401)."]


def test_a_portal_without_codes_of_its_own_needs_no_gateway(settings) -> None:
    settings.SMS_GATEWAY_URL = ""
    assert list(check_sms.sms()) == []


def test_a_day_too_short_for_ten_extensions_is_said(settings) -> None:
    settings.SESSION_HOURS = 8
    assert "WCAG" in next(check_sms.sessions())
