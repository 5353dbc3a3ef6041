"""A session that was ended elsewhere: the provider's own memory does not open it again."""

from monespace.identity.models import SignIn
from tests.cast import CLAIRE
from tests.factories import client_of


def test_who_was_signed_out_from_elsewhere_proves_anew(victim, provider) -> None:
    """She forgot to sign out at the library, and presses «sign out everywhere» at home. The next person there presses «eID»."""
    victim.sign_in(provider)
    client_of(CLAIRE).post("/profil/sessions/", {"everywhere": "1"})
    assert not SignIn.objects.filter(ended_at=None).exists()
    asked = victim.leave()
    assert (asked["max_age"], asked.get("prompt")) == ("0", "login")
