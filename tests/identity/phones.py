"""A person's telephone in the tests: a number that is bound, the messages that came, and the way through the pages."""

import json
import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from monespace import vault
from monespace.identity.models import BoundPhone, SmsCode
from monespace.identity.sms.codes import hash_of
from monespace.identity.sms.passwords import stretched
from monespace.notices.models import Sms
from tests.cast import CLAIRE, Somebody
from tests.factories import person

NUMBER, OTHER, NOBODYS = "+32475123456", "+32485694175", "+32470000001"
PASSWORD = "quatre chevaux sur la digue"
WAY = "ways:\n  - {id: eid, by: fas, method: eid, level: 500}\n  - {id: code, by: sms, method: sms, level: 200}\n"


def bound(who: Somebody = CLAIRE, number: str = NUMBER, password: str = "") -> BoundPhone:
    """The person has bound a number."""
    return BoundPhone.objects.create(
        person=person(who), number_sealed=vault.seal(number), number_hash=hash_of(number), level=500,
        password=stretched(password) if password else "", bound_at=timezone.now(),
    )  # fmt: skip


def messages(*, real: bool | None = None) -> list[dict]:
    """What waits to leave, oldest first: {"to", "text"}."""
    waiting = Sms.objects.exclude(sealed="").order_by("created_at")
    rows = waiting if real is None else waiting.filter(real=real)
    return [json.loads(vault.open_sealed(row.sealed)) for row in rows]


def last_code() -> str:
    """The six digits of the newest message."""
    return re.search(r"#(\d{6})$", messages()[-1]["text"])[1]


def other_than(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06}"


def browser(**also) -> Client:
    """Somebody's browser, in French."""
    return Client(headers={"accept-language": "fr"}, **also)


def ask(client: Client, number: str = NUMBER, password: str = "", suite: str = "", niveau: int = 0, **also):
    """The page of the number, sent."""
    given = {"number": number, "password": password, "suite": suite, "niveau": niveau}
    return client.post("/connexion/code/", given, **also)


def type_code(client: Client, code: str, **also):
    """The page of the code, sent."""
    return client.post("/connexion/code/saisir/", {"code": code}, **also)


def enter(client: Client, number: str = NUMBER, password: str = "", **goal):
    """All the way in."""
    assert ask(client, number, password, **goal).url == "/connexion/code/saisir/"
    return type_code(client, last_code())


def later(seconds: int) -> None:
    """The code that waits was sent so many seconds earlier than it was."""
    for each in SmsCode.objects.all():
        each.sent_at -= timedelta(seconds=seconds)
        each.expires_at -= timedelta(seconds=seconds)
        each.save()
