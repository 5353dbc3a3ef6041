"""What a refusal must leave behind: nobody signed in, a page with a reference, and that reference in the log and the journal."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from structlog.testing import capture_logs

from monespace.identity.models import SignIn
from monespace.journal.models import Entry
from tests.cast import CLAIRE
from tests.identity.conftest import itsme, nothing_kept, our_keys, provider

__all__ = ["itsme", "nothing_kept", "our_keys", "provider"]
RETURN = {"fas": "/connexion/retour/", "itsme": "/connexion/retour/itsme/"}
REFERENCE = re.compile(r"<strong>([2-9A-Z]{4}-[2-9A-Z]{4})</strong>")


class Victim:
    """A browser at the portal, which leaves for a provider and comes back with whatever the adversary made of the answer."""

    def __init__(self) -> None:
        self.browser = Client(headers={"accept-language": "fr"})

    def leave(self, way: str = "eid", **also: object) -> dict:
        """What the portal asks of the provider."""
        answer = self.browser.post("/connexion/", {"way": way, **also})
        assert answer.status_code == 303, answer.content.decode()
        return dict(parse_qsl(urlsplit(answer.url).query))

    def come_back(self, answer: dict, to: str = "fas"):
        """The answer, brought to the return address of a provider."""
        return self.browser.get(RETURN[to], answer)

    def sign_in(self, provider, way: str = "eid", level: int = 500, to: str = "fas", who=CLAIRE):
        """A whole sign-in."""
        return self.come_back(provider.approve(who, self.leave(way), level), to)


@pytest.fixture
def victim(db) -> Victim:
    """Somebody's browser."""
    return Victim()


@pytest.fixture
def refused(db) -> Callable:
    """`refused(code, act)` does the act and holds it against what was promised for a refusal with that code."""

    def check(code: str, act: Callable, *, status: int = 403, journal: bool = True) -> None:
        before = SignIn.objects.filter(ended_at=None).count()
        with capture_logs() as lines:
            page = act()
        assert page.status_code == status
        (reference,) = REFERENCE.findall(page.content.decode())
        assert [(line["code"], line["reference"]) for line in lines if line["event"] == "sign_in.refused"] == [
            (code, reference)
        ]
        entries = Entry.objects.filter(act="sign_in.refused", detail__reference=reference)
        assert [entry.detail["code"] for entry in entries] == ([code] if journal else [])
        assert SignIn.objects.filter(ended_at=None).count() == before
        assert "no-store" in page.headers["Cache-Control"]

    return check


def direct(settings, folder) -> None:
    """The way «direct»: itsme by a contract of its own."""
    settings.SIGN_IN_FILE = folder / "sign-in.yaml"
    settings.SIGN_IN_FILE.write_text(
        "ways:\n- {id: direct, by: itsme, method: itsme, level: 450}\n- {id: eid, by: fas, method: eid, level: 500}\n"
    )
