"""The people of the story: signed in through the portal's own action; and a clock that can be set for past acts."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

import yaml
from django.utils import timezone

from monespace.identity import actions as identity
from monespace.identity.models import Person, SignIn
from monespace.identity.oidc.claims import LEVELS
from monespace.identity.proof import Proof

CAST = Path(__file__).resolve().parents[3] / "sandbox" / "cast.yaml"

CITIZENS = ("Adam", "Bodart", "Collin", "Dumont", "Evrard", "Fontaine", "Gillet", "Henin")


@cache
def cast() -> dict[str, dict]:
    """People and enterprises of the cast, by id; the file belongs to the sandbox and is read as data."""
    content = yaml.safe_load(CAST.read_text(encoding="utf-8"))
    return {one["id"]: one for kind in ("people", "enterprises") for one in content[kind]}


@contextmanager
def on(days_ago: int, hour: int = 10, minute: int = 0) -> Iterator[dt.datetime]:
    """Acts inside happen that many days ago, at that hour in Brussels. The journal keeps the true clock."""
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
    at = min(at, timezone.now() - dt.timedelta(minutes=1))
    with patch("django.utils.timezone.now", lambda: at):
        yield at


def sign_in(who: str, method: str = "eid") -> SignIn:
    """Someone of the cast signs in; profile and confirmed address are as the cast says."""
    one = cast()[who]
    entered = identity.sign_in(
        Proof(
            one["national_number"].replace(".", "").replace("-", ""),
            one["given_name"],
            one["surname"],
            one["language"],
            method,
            LEVELS[method],
            "",
        )
    )
    return known(entered, one["language"], one.get("mail", ""), one.get("phone", ""))


def stranger(national_number: str, given: str, surname: str, box: str) -> SignIn:
    """Somebody of the invented register signs in with itsme."""
    entered = identity.sign_in(Proof(national_number, given, surname, "fr", "itsme", LEVELS["itsme"], ""))
    return known(entered, "fr", box, "")


def invented(number: int, surnames: tuple[str, ...] = CITIZENS, box: str = "citoyen{:03}@courrier.example") -> SignIn:
    """One of many invented people: the citizens of the team's inbox, the staff of the commune."""
    given = ["Amélie", "Bastien", "Camille", "Denis", "Élise", "Fabrice", "Gaëlle", "Hakim", "Irène", "Jonas"][
        number % 10
    ]
    surname = surnames[number // 10 % len(surnames)]
    nine = f"{50 + number % 40:02}{number % 12 + 1:02}{number % 28 + 1:02}99{number % 2 + 5}"
    return stranger(nine + f"{97 - int(nine) % 97:02}", given, surname, box.format(number))


def known(entered: SignIn, language: str, mail: str, phone: str) -> SignIn:
    """The sign-in with a person whose profile is filled in."""
    Person.objects.filter(pk=entered.person_id).update(
        language=language, email=mail, phone=phone, welcomed_at=timezone.now()
    )
    entered.person.refresh_from_db()
    return entered
