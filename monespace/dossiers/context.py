"""What the engine is told of the space and of the person: the sources that prefill, and the keys for national numbers."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from stdnum.be import bis, nn
from stdnum.exceptions import ValidationError

from monespace import vault
from monespace.engine import Context
from monespace.registry.models import Enterprise
from monespace.spaces.space import Space

MAY_HAVE_CHANGED = ("name", "legal_form", "address", "street", "house_number", "box", "postcode", "town", "country")


def context_for(space: Space, at: datetime, *, validated: bool = False) -> Context:
    """The engine's context for a person at work in a space, on a day; `validated`: the answers stand still."""
    person = space.person
    known = {
        "first_name": person.given_names, "last_name": person.family_name, "name": person.full_name, "email": person.email,
        "phone": person.phone, "language": person.language, "role": space.role_text, "national_number": person.national_number_sealed,
        "birth_date": birth_date(person.national_number_sealed),
    }  # fmt: skip
    if space.enterprise is None:
        holder, facts = {"kind": "citizen", "name": person.full_name, "email": person.email, "phone": person.phone}, {}
    else:
        holder, facts = holder_of(space.enterprise), facts_of(space.enterprise, timezone.localdate(at))
    return Context(
        timezone.localdate(at), holder, known, facts, seal=vault.seal, mask=masked, fingerprint=fingerprint, validated=validated,
    )  # fmt: skip


def holder_of(enterprise: Enterprise) -> dict[str, str]:
    """The enterprise as the register shows it; empty values are left out, so that a locked prefill becomes a field."""
    known = {
        "kind": enterprise.kind, "name": enterprise.name, "number": enterprise.number, "legal_form": enterprise.form,
        "street": enterprise.street, "house_number": enterprise.house_number, "box": enterprise.box,
        "postcode": enterprise.postcode, "town": enterprise.town, "country": "BE" if enterprise.street else "",
    }  # fmt: skip
    found: dict = {name: value for name, value in known.items() if value}
    if enterprise.street:
        found["address"] = {"street": enterprise.street, "number": enterprise.house_number, "box": enterprise.box,
                            "postcode": enterprise.postcode, "town": enterprise.town, "country": "BE"}  # fmt: skip
    return found


def facts_of(enterprise: Enterprise, today: date) -> dict[str, dict]:
    """The date shown beside what comes from the register; its name is said by the engine, in the page's language.

    A copy of the register that has not come for REGISTRY_DAYS counts as a register that does not answer: what may have
    changed since is asked. The kind and the number of an enterprise do not change so.
    """
    facts: dict[str, dict] = {"holder": {"date": enterprise.seen_on}}
    if enterprise.seen_on < today - timedelta(days=settings.REGISTRY_DAYS):
        facts |= {f"holder.{name}": {"available": False} for name in MAY_HAVE_CHANGED}
    return facts


def birth_date(token: str) -> str:
    """The day of birth that a national number tells, as YYYY-MM-DD; empty when there is no number or it does not tell.

    Royal decree of 3 April 1984: six digits of the date, the century by the check digits; unknown days are zeros.
    """
    if not token:
        return ""
    digits = vault.open_sealed(token)
    try:
        return str((nn if nn.is_valid(digits) else bis).get_birth_date(digits) or "")
    except ValidationError:
        return ""


def masked(token: str) -> str:
    """What people see of a sealed national number."""
    return vault.masked(vault.open_sealed(token))


def fingerprint(token: str) -> str:
    """Equal for equal numbers, so that the engine can say «twice the same person»."""
    return vault.lookup_hash(vault.open_sealed(token))
