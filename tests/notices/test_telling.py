"""Messages to people: kept with the fact that causes them, delivered once, forgotten afterwards."""

import smtplib

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from monespace.notices.actions import mail, tell
from monespace.notices.jobs import deliver
from monespace.notices.models import Mail, Notice
from tests.cast import CLAIRE, HUGO
from tests.factories import client_of, person

pytestmark = pytest.mark.django_db


def test_a_message_leaves_once_and_is_emptied() -> None:
    waiting = mail("claire@courrier.example", "Reçu", "Votre demande est reçue.", language="fr")
    deliver(str(waiting.pk))
    deliver(str(waiting.pk))
    assert len(outbox.outbox) == 1
    assert outbox.outbox[0].extra_headers["Message-ID"] == f"<{waiting.pk}@monespace>"
    waiting.refresh_from_db()
    assert (waiting.to, waiting.subject, waiting.text) == ("", "", "")


def test_a_mail_server_that_is_down_loses_nothing(monkeypatch) -> None:
    waiting = mail("claire@courrier.example", "Reçu", "Texte", language="fr")

    def refuse(*_args):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        deliver(str(waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.sent_at, waiting.text) == (None, "Texte")


def test_a_message_is_kept_or_lost_with_its_fact() -> None:
    with transaction.atomic():
        mail("claire@courrier.example", "Reçu", "Texte", language="fr")
        tell(person(CLAIRE).pk, "Texte", language="fr")
        transaction.set_rollback(True)  # the fact failed
    assert not Mail.objects.exists()
    assert not Notice.objects.exists()


def test_a_subject_cannot_forge_headers() -> None:
    waiting = mail("claire@courrier.example", "Reçu\r\nBcc: all@courrier.example", "Texte", language="fr")
    assert "\n" not in waiting.subject
    deliver(str(waiting.pk))
    assert outbox.outbox[0].recipients() == ["claire@courrier.example"]


def test_the_inbox_shows_ones_own_newest_first_page_by_page() -> None:
    for number in range(35):
        tell(person(CLAIRE).pk, f"Nouvelle {number}", language="fr", path="/espaces/")
    tell(person(HUGO).pk, "Pour Hugo", language="fr")
    browser = client_of(CLAIRE)
    first = browser.get("/notifications/")
    assert "<h1" in first.content.decode()
    assert [notice.text for notice in first.context["notices"]][:2] == ["Nouvelle 34", "Nouvelle 33"]
    second = browser.get("/notifications/", {"before": first.context["older"]})
    assert len(second.context["notices"]) == 5
    assert "Pour Hugo" not in first.content.decode()


def test_marking_as_read_touches_ones_own_only() -> None:
    mine, other = tell(person(CLAIRE).pk, "a", language="fr"), tell(person(HUGO).pk, "b", language="fr")
    client_of(CLAIRE).post("/notifications/", {"up_to": str(other.pk)})
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.read_at
    assert other.read_at is None


def test_what_is_read_is_not_to_be_marked_again() -> None:
    notice, browser = tell(person(CLAIRE).pk, "a", language="fr"), client_of(CLAIRE)
    assert "Marquer comme lues" in browser.get("/notifications/").content.decode()
    browser.post("/notifications/", {"up_to": str(notice.pk)})
    assert "Marquer comme lues" not in browser.get("/notifications/").content.decode()


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 30, "²", "1.5"])
def test_an_odd_page_is_the_first_one(typed: str) -> None:
    assert client_of(CLAIRE).get("/notifications/", {"before": typed}).status_code == 200
    assert client_of(CLAIRE).post("/notifications/", {"up_to": typed}).status_code == 303
