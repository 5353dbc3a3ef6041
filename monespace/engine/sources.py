"""What can be known without asking: the holder of the request and the person at work."""

from typing import Any

from monespace.engine.values import TEXT, Type

HOLDER_KINDS = ("citizen", "self_employed", "company", "commune", "cpas", "asbl")
_ADDRESS = ("street", "house_number", "box", "postcode", "town", "country")
RECORD = dict.fromkeys(("street", "number", "box", "postcode", "town", "country"), TEXT)
SOURCES: dict[str, dict[str, Type]] = {
    "holder": {
        "kind": Type("text", options=HOLDER_KINDS),
        **dict.fromkeys(("name", "number", "legal_form", "email", "phone", "iban", *_ADDRESS), TEXT),
        "address": Type("record", name="address"),
    },
    "person": {
        **dict.fromkeys(("first_name", "last_name", "name", "email", "phone", "language", "role", *_ADDRESS), TEXT),
        "national_number": TEXT,
        "birth_date": Type("date"),
        "address": Type("record", name="address"),
    },
}
LISTS = ("person.household", "holder.establishments")  # rows to seed a group from
PROFILE = ("person.email", "person.phone", "person.language")  # told by the person, not by a register


def source_of(context: Any, name: str) -> Any:
    """What a source such as `person.email` says; None when it says nothing or cannot be reached."""
    root, _, field = name.partition(".")
    if context.facts.get(name, {}).get("available") is False or context.facts.get(root, {}).get("available") is False:
        return None
    return getattr(context, root, {}).get(field)
