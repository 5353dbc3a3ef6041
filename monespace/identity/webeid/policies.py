"""Certificate policies that a relying party may refuse."""

from collections.abc import Iterable
from functools import cache

from cryptography.x509 import ObjectIdentifier

MOBILE_ID_POLICIES = (
    "1.3.6.1.4.1.10015.1.3",
    "1.3.6.1.4.1.10015.1.3.1",
    "1.3.6.1.4.1.10015.1.3.2",
    "1.3.6.1.4.1.10015.1.3.3",
)
"""Estonian Mobile-ID: keys on a SIM card, not on an identity card. What the reference validators refuse unless told otherwise."""


def identifiers(policies: Iterable[str | ObjectIdentifier]) -> frozenset[str]:
    """Policies as dotted texts. Raises TypeError for one bare text, ValueError for what is no object identifier."""
    if isinstance(policies, str):
        raise TypeError("policies are a collection of object identifiers, not one text")
    return frozenset(_dotted(one) for one in policies)


@cache
def _dotted(policy: str | ObjectIdentifier) -> str:
    return policy.dotted_string if isinstance(policy, ObjectIdentifier) else ObjectIdentifier(policy).dotted_string
