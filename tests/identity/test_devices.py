"""Sessions and devices: what is open is seen and ended; a device that is new to a person is told to them."""

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monespace.identity import actions, jobs
from monespace.identity.agents import device_of
from monespace.identity.devices import COOKIE
from monespace.identity.models import Device, SignIn
from monespace.journal.models import Entry
from monespace.notices.models import Mail, Notice
from tests.cast import CLAIRE, HUGO
from tests.factories import client_of, person, session_of, signed_in
from tests.identity import phones
from tests.identity.phones import enter
from tests.identity.test_profile import code_sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_code")]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WINDOWS, IPHONE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)"
AGENTS = {
    FIREFOX: ("Firefox", "Linux"),
    f"{WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36": ("Chrome", "Windows"),
    f"{WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0": ("Edge", "Windows"),
    f"{IPHONE} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1": ("Safari", "iPhone"),
    f"{IPHONE} AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1": ("Chrome", "iPhone"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15":
        ("Safari", "macOS"),
    "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile":
        ("Samsung Internet", "Android"),
    "curl/8.5.0": ("", ""), "": ("", ""), "<script>alert(1)</script>" * 400: ("", ""),
}  # fmt: skip


def window(agent: str = FIREFOX) -> Client:
    """A browser with a name."""
    return Client(headers={"accept-language": "fr", "user-agent": agent})


@pytest.mark.parametrize("agent", AGENTS)
def test_a_device_is_named_in_two_words_that_we_know(agent: str) -> None:
    assert device_of(agent) == AGENTS[agent]


def test_the_first_device_ever_is_not_news_and_the_second_is() -> None:
    phones.bound()
    first, second = window(), window(next(each for each in AGENTS if "CriOS" in each))
    enter(first)
    assert (Mail.objects.count(), Notice.objects.count()) == (0, 0)
    enter(second)
    message = Mail.objects.get()
    assert message.to == CLAIRE.email
    assert "Chrome, iPhone" in message.subject
    for said in (
        "Code de sécurité envoyé par SMS",
        f"{timezone.localtime():%H:}",
        "Se déconnecter partout",
        "078 79 01 02",
    ):
        assert said in message.text
    assert Notice.objects.get().path == "/profil/sessions/"
    assert Entry.objects.filter(act="person.new_device").count() == 2


def test_a_device_is_known_again_and_by_its_person_alone() -> None:
    phones.bound()
    phones.bound(HUGO, phones.OTHER)
    shared = window()
    for number in (phones.NUMBER, phones.OTHER, phones.NUMBER):
        enter(shared, number)
        shared.post("/deconnexion/")
    assert Mail.objects.count() == 0
    assert Device.objects.count() == 2
    assert len(set(Device.objects.values_list("digest", flat=True))) == 2, "nobody sees that two people share a machine"
    assert shared.cookies[COOKIE]["httponly"]
    assert shared.cookies[COOKIE].value not in str(list(Device.objects.values()))


@pytest.mark.parametrize("planted", ["x", "é" * 43, "a" * 44, "' OR 1=1"])
def test_a_cookie_that_is_not_ours_is_replaced(planted: str) -> None:
    phones.bound()
    odd = window()
    odd.cookies[COOKIE] = planted
    enter(odd)
    assert len(odd.cookies[COOKIE].value) == 43


def test_the_list_says_what_is_open_and_one_session_is_ended() -> None:
    phones.bound()
    here, there = window(), window("")
    enter(there)
    enter(here)
    page = here.get("/profil/sessions/").content.decode()
    assert page.count("me-card") == 4
    for said in (
        "Firefox, Linux",
        "appareil inconnu",
        "cette session",
        "Code de sécurité envoyé par SMS, niveau faible",
    ):
        assert said in page
    other = SignIn.objects.earliest("at")
    assert here.post("/profil/sessions/", {"session": str(other.pk)}).url == "/profil/sessions/?fait=session"
    assert there.get("/profil/").url.startswith("/connexion/")
    assert here.get("/profil/").status_code == 200
    assert Entry.objects.get(act="session.ended").detail == {"ended": 1}


def test_all_the_others_are_ended_and_then_everything() -> None:
    phones.bound()
    many = [window() for _one in range(3)]
    for each in many:
        enter(each)
    many[0].post("/profil/sessions/", {"others": "1"})
    assert [each.get("/profil/").status_code for each in many] == [200, 303, 303]
    enter(many[1])
    many[1].post("/profil/sessions/", {"everywhere": "1"})
    assert [each.get("/profil/").status_code for each in many] == [303, 303, 303]
    assert not SignIn.objects.filter(ended_at=None).exists()
    assert {"session.others_ended", "session.all_ended"} <= set(Entry.objects.values_list("act", flat=True))


def test_nobody_ends_anothers_session_nor_forgets_their_device() -> None:
    phones.bound()
    hers = window()
    enter(hers)
    his = client_of(HUGO)
    for given in (
        {"session": str(SignIn.objects.earliest("at").pk)},
        {"device": str(Device.objects.get().pk)},
        {"session": "x"},
    ):
        assert his.post("/profil/sessions/", given).status_code == 303
    his.post("/profil/sessions/", {"others": "1"})
    assert hers.get("/profil/").status_code == 200
    assert Device.objects.count() == 1


def test_a_device_that_is_forgotten_is_signed_out_and_is_news_again() -> None:
    phones.bound()
    old, here = window(""), window()
    enter(old)
    enter(here)
    mails, forgotten = Mail.objects.count(), Device.objects.get(browser="")
    assert here.post("/profil/sessions/", {"device": str(forgotten.pk)}).url == "/profil/sessions/?fait=appareil"
    assert old.get("/profil/").status_code == 303
    enter(old)
    assert Mail.objects.count() == mails + 1
    mine = Device.objects.get(browser="Firefox")
    here.post("/profil/sessions/", {"device": str(mine.pk)})
    assert Device.objects.filter(pk=mine.pk).exists(), "the one in use is never forgotten"


def test_a_session_that_a_limit_ended_is_not_shown(settings) -> None:
    mine, idle, old = client_of(CLAIRE), signed_in(CLAIRE), signed_in(CLAIRE)
    session_of(idle)
    now = timezone.now()
    SignIn.objects.filter(pk=idle.pk).update(seen_at=now - timedelta(seconds=settings.SESSION_COOKIE_AGE + 360))
    SignIn.objects.filter(pk=old.pk).update(at=now - timedelta(hours=settings.SESSION_HOURS + 1), seen_at=now)
    assert [row["here"] for row in mine.get("/profil/sessions/").context["sessions"]] == [True]


def test_the_last_click_is_written_every_five_minutes_in_one_statement(monkeypatch) -> None:
    mine, written = client_of(CLAIRE), []
    for minute in range(12):
        monkeypatch.setattr("monespace.identity.http.this_minute", lambda minute=minute: 29_000_000 + minute)
        with CaptureQueriesContext(connection) as asked:
            mine.get("/profil/sessions/")
        written.append(sum(query["sql"].startswith('UPDATE "identity_signin"') for query in asked))
    assert written == [0] * 5 + [1] + [0] * 4 + [1, 0]


def test_fifty_sessions_are_listed_with_as_many_questions_as_one() -> None:
    mine = client_of(CLAIRE)
    mine.get("/profil/sessions/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert mine.get("/profil/sessions/").status_code == 200
        return len(seen)

    one = asked()
    for number in range(50):
        device = Device.objects.create(person=person(CLAIRE), digest=str(number), seen_at=timezone.now())
        SignIn.objects.create(person=person(CLAIRE), method="eid", level=500, device=device)
    assert asked() == one


def test_an_address_that_changes_is_told_to_the_old_one() -> None:
    actions.send_email_code(person(CLAIRE), "new@courrier.example")
    actions.confirm_email(person(CLAIRE), code_sent())
    told = Mail.objects.get(to=CLAIRE.email)
    assert "a été changée" in told.subject
    actions.remove_email(person(CLAIRE))
    assert Mail.objects.filter(to="new@courrier.example", subject=told.subject).exists()
    assert Notice.objects.count() == 2


def test_each_night_devices_whose_cookie_is_gone_go_but_never_the_last_one() -> None:
    old = timezone.now() - timedelta(days=500)
    for who, digest, at in ((CLAIRE, "a", old), (CLAIRE, "b", timezone.now()), (HUGO, "c", old)):
        Device.objects.create(person=person(who), digest=digest, seen_at=at)
    jobs.tidy()
    assert sorted(Device.objects.values_list("digest", flat=True)) == ["b", "c"]


def test_the_session_cookie_is_what_a_session_is_known_by_and_nothing_else() -> None:
    """The cookie of the device proves nothing: without the session's, nobody is signed in."""
    phones.bound()
    mine = window()
    enter(mine)
    del mine.cookies[configured.SESSION_COOKIE_NAME]
    assert mine.get("/profil/").url.startswith("/connexion/")
