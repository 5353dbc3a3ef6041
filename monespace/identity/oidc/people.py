"""Who a userinfo answer speaks of, in the words of each provider."""

from typing import NamedTuple

from stdnum.be import bis, nn

from monespace.identity.oidc.claims import clean
from monespace.identity.oidc.clients import Client
from monespace.identity.proof import Refused

NUMBER = "http://itsme.services/v2/claim/BENationalNumber"
NAMES = {  # number, given names, family name, language
    "fas": ("egovNRN", "givenName", "surname", "prefLanguage"),
    "itsme": (NUMBER, "given_name", "family_name", "locale"),
}


class Identity(NamedTuple):
    """A person as the provider knows them. Either name may be missing (people with one name)."""

    national_number: str
    given_names: str
    family_name: str
    language: str


def identity_of(userinfo: dict, *, subject: str, client: Client) -> Identity:
    """The person of a userinfo answer, who must be the one of the ID token (OpenID Connect Core 5.3.2); raises Refused."""
    if userinfo.get("sub") != subject:
        raise Refused("subject")
    number, given, family, language = (userinfo.get(name) for name in NAMES[client.kind])
    digits = "".join(character for character in str(number or "") if character in "0123456789")
    if not (nn.is_valid(digits) or bis.is_valid(digits)):
        raise Refused("national_number")
    family = family or (userinfo.get("name") if not given else "")
    return Identity(digits, clean(given), clean(family), str(language or "")[:2].lower())


def tells(claims: dict, number: str) -> bool:
    """Whether claims hold the national number: such a token is not kept in a session, nor handed back in an address (law 12)."""
    return number in "".join(filter(str.isdigit, str(claims))) or any(
        number in "".join(filter(str.isdigit, str(value))) for value in claims.values()
    )
