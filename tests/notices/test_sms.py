"""Text messages: sealed while they wait, sent once, tried again while they are of use, counted by the day."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection
from django.utils import timezone

from monespace.notices import jobs
from monespace.notices.actions import mail, sms
from monespace.notices.gateway import GatewayDown, gateway
from monespace.notices.models import Sms, SmsTrouble
from monespace.notices.queries import sms_trouble

pytestmark = pytest.mark.django_db
SECRET, NUMBER = "only-for-tests", "+32475123456"


class Gateway:
    """A gateway over real HTTP: what it took, and what it answers."""

    def __init__(self) -> None:
        self.taken: list[dict] = []
        self.status = 202
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                known = self.headers["Authorization"] == f"Bearer {SECRET}"
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if known and outer.status == 202:
                    outer.taken.append(body)
                self.answer(outer.status if known else 401)

            def do_GET(self) -> None:
                self.answer(200 if self.headers["Authorization"] == f"Bearer {SECRET}" else 401)

            def answer(self, status: int) -> None:
                self.send_response(status)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def outside(settings) -> Iterator[Gateway]:
    made = Gateway()
    settings.SMS_GATEWAY_URL = f"http://127.0.0.1:{made.server.server_port}/sms"
    settings.SMS_GATEWAY_SECRET = SECRET
    yield made
    made.server.shutdown()
    made.server.server_close()


def soon() -> timezone.datetime:
    return timezone.now() + timedelta(minutes=5)


def test_a_message_leaves_once_and_is_erased(outside) -> None:
    waiting = sms(NUMBER, "Code 482913", until=soon())
    assert NUMBER not in waiting.sealed
    jobs.send_sms(str(waiting.pk))
    jobs.send_sms(str(waiting.pk))
    assert outside.taken == [{"to": NUMBER, "text": "Code 482913", "ref": str(waiting.pk)}]
    waiting.refresh_from_db()
    assert (waiting.sealed, waiting.sent_at is None) == ("", False)


def test_it_goes_before_mails_and_its_job_holds_nothing_but_an_id() -> None:
    mail("claire@courrier.example", "Reçu", "Texte", language="fr")
    waiting = sms(NUMBER, "Code 482913", until=soon())
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->'ids' FROM procrastinate_jobs ORDER BY priority DESC, id LIMIT 1")
        name, ids = cursor.fetchone()
    assert name == "notices.send_sms"
    assert str(waiting.pk) in str(ids)
    assert "482913" not in str(ids)


@pytest.mark.parametrize("status", [401, 429, 500, 503, 302])
def test_a_gateway_that_does_not_take_it_is_tried_again_and_known_to_the_page(outside, status: int) -> None:
    outside.status = status
    waiting = sms(NUMBER, "Code 482913", until=soon())
    with pytest.raises(GatewayDown, match=f"status {status}"):
        jobs.send_sms(str(waiting.pk))
    assert sms_trouble() == "gateway"
    outside.status = 202
    jobs.send_sms(str(waiting.pk))
    assert (sms_trouble(), len(outside.taken)) == ("", 1)


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9/sms", "smpp://gateway.example"])
def test_a_gateway_that_is_not_there_is_said_without_number_or_text(settings, url: str) -> None:
    settings.SMS_GATEWAY_URL = url
    waiting = sms(NUMBER, "Code 482913", until=soon())
    with pytest.raises(GatewayDown) as down:
        jobs.send_sms(str(waiting.pk))
    assert NUMBER not in str(down.value)
    assert down.value.__context__ is None or down.value.__suppress_context__


def test_a_dead_gateway_is_tried_for_as_long_as_the_code_is_valid(outside) -> None:
    waiting = sms(NUMBER, "Code 482913", until=timezone.now() - timedelta(seconds=1))
    jobs.send_sms(str(waiting.pk))
    waiting.refresh_from_db()
    assert (outside.taken, waiting.sealed, waiting.sent_at) == ([], "", None)
    assert jobs.SMS_RETRY.max_attempts * jobs.SMS_RETRY.wait > 300


def test_a_message_to_nobody_is_erased_without_leaving(outside) -> None:
    waiting = sms(NUMBER, "Code 482913", until=soon(), real=False)
    jobs.send_sms(str(waiting.pk))
    waiting.refresh_from_db()
    assert (outside.taken, waiting.sealed) == ([], "")


def test_no_more_leave_in_a_day_than_the_operator_allows(outside, settings) -> None:
    settings.SMS_PER_DAY = 2
    for _one in range(3):
        jobs.send_sms(str(sms(NUMBER, "Code", until=soon()).pk))
    assert (len(outside.taken), sms_trouble()) == (2, "limit")
    SmsTrouble.objects.update(at=timezone.now() - timedelta(days=1))
    assert sms_trouble() == "", "until midnight"


def test_a_gateway_that_nobody_has_tried_for_ten_minutes_is_not_said_to_be_down() -> None:
    SmsTrouble.objects.create(why="gateway", at=timezone.now() - timedelta(minutes=11))
    assert sms_trouble() == ""


def test_each_night_what_is_over_is_erased_and_forgotten() -> None:
    late = sms(NUMBER, "Code", until=timezone.now() - timedelta(hours=1))
    old = sms(NUMBER, "Code", until=soon())
    Sms.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    jobs.tidy()
    assert list(Sms.objects.values_list("pk", "sealed")) == [(late.pk, "")]


def test_readiness_is_asked_without_sending_anything(outside, settings) -> None:
    gateway().ready()
    settings.SMS_GATEWAY_SECRET = "another"
    with pytest.raises(GatewayDown, match="401"):
        gateway().ready()
    assert outside.taken == []
