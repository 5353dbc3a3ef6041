"""A code by SMS alone opens nothing: at every address that is not public, a stronger proof is asked first."""

import pytest

from tests.cast import SOPHIE
from tests.factories import client_of
from tests.house.test_access_matrix import COLUMNS, PUBLIC, TABLE, seen, town  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
# What one may do with a code alone: see who one is and where one is signed in, end that, and prove more.
OPEN = {
    "metrics",
    "identity:sign_in",
    "identity:callback",
    "identity:callback_itsme",
    "identity:sign_out",
    "dossiers:begin",
}


def test_whoever_has_a_code_alone_is_asked_for_more_everywhere(town):  # noqa: F811
    low, column = client_of(SOPHIE, 200), COLUMNS.index("sophie_sends")
    asked = {name: (row.split()[column], low.get(town.address(name))) for name, row in TABLE.items() if row != PUBLIC}

    wrong = {
        name: seen(answer)
        for name, (mark, answer) in asked.items()
        if name not in OPEN and seen(answer) not in {"in", *({mark} & {"–", "post"})}
    }

    assert wrong == {}


def test_the_way_to_more_comes_back_and_never_turns_in_a_circle(town):  # noqa: F811
    low = client_of(SOPHIE, 200)
    answer = low.get("/notifications/", follow=True)

    assert answer.status_code == 200
    assert [path for path, _status in answer.redirect_chain] == ["/connexion/?niveau=400&suite=/notifications/"]
    assert {way.id for way in answer.context["ways"]} == {"eid", "itsme", "sms"}
