"""The password that may stand beside an SMS code: long, not one of those that everybody takes, and no other rule (NIST SP
800-63B-4, 3.1.1.2)."""

import unicodedata
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

from monespace.identity.models import Person

SHORTEST, LONGEST = 12, 128


def stretched(password: str) -> str:
    """What is kept of a password: salted scrypt."""
    return make_password(normal(password))


def is_right(password: str, kept: str) -> bool:
    """Whether it is the password of which `kept` is kept. Takes as long when there is none: the answer is then no."""
    nobodys = _nobodys()
    return check_password(normal(password), kept or nobodys) and bool(kept)


def normal(password: str) -> str:
    """One way of writing what looks the same on two keyboards."""
    return unicodedata.normalize("NFKC", password)


def is_common(password: str, person: Person) -> bool:
    """Whether it is among the twenty thousand that are tried first, or the person's own name or address."""
    by_person = UserAttributeSimilarityValidator(user_attributes=("given_names", "family_name", "email"))
    try:
        CommonPasswordValidator().validate(normal(password))
        by_person.validate(normal(password), person)
    except ValidationError:
        return True
    return False


@cache
def _nobodys() -> str:
    return make_password("the password of nobody")
