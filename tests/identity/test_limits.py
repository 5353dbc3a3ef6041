"""Rate limits fire, and do not shut a commune out whose four hundred people sign in from behind one address."""

import pytest
from django.db import connection

from monespace.identity import limits as counting
from monespace.identity.limits import TooMany
from monespace.identity.models import RateCount
from monespace.identity.sms import limits
from tests.identity.phones import ask, browser

pytestmark = pytest.mark.django_db
TOWN_HALL = "198.51.100.7"


@pytest.fixture
def one_instant(monkeypatch) -> None:
    """No window ends while a test counts in it."""
    monkeypatch.setattr(counting.time, "time", lambda: 1_780_000_000)


@pytest.mark.usefixtures("one_instant")
def test_four_hundred_people_behind_one_address_get_their_codes_in_an_hour() -> None:
    """Each asks twice and types three times, as on a bad morning."""
    for number in range(400):
        for _twice in range(2):
            limits.may_send(number=f"n{number}", account=number, address=TOWN_HALL)
        for _thrice in range(3):
            limits.may_guess(number=f"n{number}", address=TOWN_HALL)


LIMITS = {  # what is done, how often it may be done, by whom it is counted
    "codes to one number in an hour": (lambda n: limits.may_send(number="one", account=n, address=n), 6),
    "codes for one account in a day": (lambda n: limits.may_send(number=n, account="one", address=n), 15),
    "codes from one address in an hour": (lambda n: limits.may_send(number=n, account=n, address="one"), 1500),
    "guesses at one number in a day": (lambda n: limits.may_guess(number="one", address=n), 40),
    "guesses from one address in an hour": (lambda n: limits.may_guess(number=n, address="one"), 3000),
    "passwords for one number in an hour": (lambda _n: limits.may_try_password(number="one"), 10),
    "starts from one address in an hour": (lambda _n: counting.may_begin(address="one"), 3000),
    "refused answers to one address in an hour": (lambda _n: counting.may_be_wrong(address="one"), 1500),
}


@pytest.mark.usefixtures("one_instant")
@pytest.mark.parametrize("what", LIMITS)
def test_each_limit_fires_after_so_many_and_says_when_it_ends(what: str) -> None:
    act, most = LIMITS[what]
    act("first")  # its counts are there now, whatever they are called
    with connection.cursor() as cursor:
        cursor.execute("UPDATE identity_ratecount SET count = %s", [most - 1])
    for count in RateCount.objects.all():
        assert count.count == most - 1
    act("last")
    with pytest.raises(TooMany) as refusal:
        act("too much")
    assert 0 < refusal.value.retry_after <= 86400


@pytest.mark.usefixtures("one_instant", "own_code")
def test_a_number_is_counted_by_day_too(monkeypatch) -> None:
    for hour in range(4):
        monkeypatch.setattr(counting.time, "time", lambda hour=hour: 1_779_926_400 + 3600 * hour)
        for _code in range(5):
            if hour < 3:
                limits.may_send(number="one", account="a", address="b")
    with pytest.raises(TooMany):
        limits.may_send(number="one", account="a", address="b")


def test_departures_and_refused_answers_are_counted_and_the_page_says_when(monkeypatch, settings) -> None:
    def often(**_who) -> None:
        raise TooMany(1200)

    monkeypatch.setattr("monespace.identity.views.sign_in.may_begin", often)
    answer = browser().post("/connexion/", {"way": "eid", "suite": "/profil/"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1200")
    assert "Réessayez dans 21 minutes" in answer.content.decode()
    monkeypatch.setattr("monespace.identity.views.entering.may_be_wrong", often)
    assert browser().get("/connexion/retour/", {"state": "forged"}).status_code == 429


@pytest.mark.usefixtures("own_code")
def test_the_operator_may_switch_them_off_for_a_measure(settings) -> None:
    settings.RATE_LIMITS = False
    assert {ask(browser()).status_code for _try in range(9)} == {303}
