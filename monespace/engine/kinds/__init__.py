"""Kinds of question. Each reads what was posted, decodes what is stored and shows it.

posted -> `read` -> canonical (JSON) -> `decode` -> typed value (for expressions) ; canonical -> `show` -> lines of text
"""

from typing import Any

from monespace.engine.kinds.base import Bad, Kind, Look
from monespace.engine.kinds.choices import Choice, Country, Declaration, Multiple, YesNo
from monespace.engine.kinds.composite import Address, Files, Matrix
from monespace.engine.kinds.dates import Date, Month, Year
from monespace.engine.kinds.identifiers import Email, EnterpriseNumber, EstablishmentNumber, Iban, NationalNumber, Phone
from monespace.engine.kinds.numbers import Amount, Integer
from monespace.engine.kinds.texts import Text

__all__ = ["KINDS", "Bad", "Kind", "Look", "kind_of"]

KINDS: dict[str, Kind] = {
    "text": Text(), "textarea": Text(lines=True), "integer": Integer(), "decimal": Amount("number"),
    "money": Amount("money"), "percent": Amount("percent"), "date": Date(), "month": Month(), "year": Year(),
    "boolean": YesNo(), "choice": Choice(), "multiple": Multiple(), "national_number": NationalNumber(),
    "enterprise_number": EnterpriseNumber(), "establishment_number": EstablishmentNumber(), "iban": Iban(),
    "phone": Phone(), "email": Email(), "address": Address(), "country": Country(), "file": Files(),
    "matrix": Matrix(), "declaration": Declaration(), "computed": Kind(), "information": Kind(),
}  # fmt: skip


def kind_of(question: Any) -> Kind:
    """How this question's answers are handled."""
    return KINDS[question.kind]
