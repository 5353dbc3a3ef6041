"""People signed in, in a process with the house's environment: python -m bench.people COUNT [agent]; JSON on standard output.

Each has an e-mail address of their own, an invented national number with right check digits, and a session that points to a
sign-in journaled by the room's own action, as after the identity provider's answer. With `agent`, the second has a place in the
bench's team.
"""

import json
import sys


def number_of(place: int) -> str:
    """The national number of the person at this place: born on 1 January 1970, in the order of birth that day."""
    start = f"{70 + place // 997:02}0101{place % 997 + 1:03}"
    return f"{start}{97 - int(start) % 97:02}"


def signed_in(place: int) -> dict:
    """One person with a session: their cookies, their address, their id."""
    from django.contrib.sessions.backends.db import SessionStore

    from monespace.identity import actions
    from monespace.identity.models import Method, Person
    from monespace.identity.proof import Proof

    address = f"mesure-{place}@exemple.be"
    entered = actions.sign_in(Proof(number_of(place), "Claire Marie", f"Mesure {place}", "fr", Method.EID, 500, ""))
    Person.objects.filter(pk=entered.person_id).update(email=address, welcomed_at=entered.at)
    session = SessionStore()
    session["sign_in"] = str(entered.pk)
    session.create()
    return {
        "cookies": {"monespace_session": session.session_key}, "address": address, "person": str(entered.person_id),
        "hash": entered.person.national_number_hash,
    }  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    if "agent" in sys.argv:
        from monespace.desk.actions import add_member

        add_member("mesure", number_of(1), given_names="Agente", family_name="Mesure")
    print(json.dumps([signed_in(place) for place in range(int(sys.argv[1]))]))
