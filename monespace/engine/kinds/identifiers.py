"""Belgian numbers, bank accounts, telephones and e-mail addresses.

National and BIS numbers: royal decree of 8 February 1991 (check = 97 - first nine digits modulo 97, with a 2 in front
for births from 2000; BIS adds 20 or 40 to the month). Enterprise and establishment numbers: Crossroads Bank for
Enterprises, check = 97 - first eight digits modulo 97.
"""

import re
from abc import ABC, abstractmethod
from typing import Any

import phonenumbers
from stdnum import iban
from stdnum.exceptions import ValidationError

from monespace.engine.kinds.base import Bad, Kind, Look, Posted, clean, last

_APART = re.compile("[\\s.\u00a0\u202f/-]")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_MONTHS = {*range(13), *range(20, 33), *range(40, 53)}


def national_number(raw: str) -> str | None:
    """The eleven digits of a sound national or BIS number, else None."""
    digits = _APART.sub("", raw)
    if not re.fullmatch("[0-9]{11}", digits):
        return None
    start, check = digits[:9], int(digits[9:])
    sound = check in (97 - int(start) % 97, 97 - int("2" + start) % 97)
    return digits if sound and int(digits[2:4]) in _MONTHS and int(digits[4:6]) <= 31 else None


def _ten_digits(raw: str) -> str:
    digits = _APART.sub("", raw.upper())
    digits = digits.removeprefix("BE")
    return "0" + digits if re.fullmatch("[0-9]{9}", digits) else digits


def _sound(digits: str) -> bool:
    return bool(re.fullmatch("[0-9]{10}", digits)) and int(digits[8:]) == 97 - int(digits[:8]) % 97


class _Coded(Kind, ABC):
    """A text of one form only: `normal` gives the stored form or raises `Bad`."""

    longest = 60

    @abstractmethod
    def normal(self, raw: str) -> str: ...

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        raw = last(posted)
        if len(raw) > 1000:
            raise Bad(question.kind)
        return self.normal(raw) if raw else None

    def decode(self, question: Any, canonical: Any, look: Look) -> str:
        if not isinstance(canonical, str) or len(canonical) > 1000:
            raise Bad("unreadable")
        return self.normal(canonical)

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        return {"": self.show(question, canonical, look)}


class EnterpriseNumber(_Coded):
    """0200065765, written BE 0200 065 765 or 200.065.765 too."""

    inputmode = "numeric"

    def normal(self, raw: str) -> str:
        digits = _ten_digits(raw)
        if _sound(digits) and digits[0] in "2345678":
            raise Bad("is_unit")
        if not _sound(digits) or digits[0] not in "01":
            raise Bad("enterprise_number")
        return digits

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        text = str(canonical)
        return [f"{text[:4]}.{text[4:7]}.{text[7:]}"]


class EstablishmentNumber(_Coded):
    """2000000339, the number of an establishment unit."""

    inputmode = "numeric"

    def normal(self, raw: str) -> str:
        digits = _ten_digits(raw)
        if _sound(digits) and digits[0] in "01":
            raise Bad("is_enterprise")
        if not _sound(digits) or digits[0] not in "2345678":
            raise Bad("establishment_number")
        return digits

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        text = str(canonical)
        return [f"{text[0]}.{text[1:4]}.{text[4:7]}.{text[7:]}"]


class Iban(_Coded):
    """An account number of any country, stored without spaces."""

    def normal(self, raw: str) -> str:
        text = re.sub(r"[\s.\u00a0\u202f-]", "", raw).upper()
        if not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}", text):
            raise Bad("iban")
        try:
            sound = iban.validate(text, check_country=False)  # a list of banks grows old; the digits do not
        except ValidationError:
            raise Bad("iban") from None
        if sound.startswith("BE") and int(sound[14:]) != (int(sound[4:14]) % 97 or 97):
            raise Bad("iban")
        return sound

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        text = str(canonical)
        return [" ".join(text[i : i + 4] for i in range(0, len(text), 4))]


class Phone(_Coded):
    """A telephone number, Belgian unless it starts with + or 00; stored as +32475123456."""

    inputmode, autocomplete = "tel", "tel"

    def normal(self, raw: str) -> str:
        if not re.fullmatch("[0-9+() ./\u00a0\u202f-]{5,40}", raw):
            raise Bad("phone")
        try:
            number = phonenumbers.parse(raw, "BE")
        except phonenumbers.NumberParseException:
            raise Bad("phone") from None
        if not phonenumbers.is_valid_number(number):
            raise Bad("phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        number = phonenumbers.parse(self.normal(str(canonical)), "BE")
        return [phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)]


class Email(_Coded):
    """An e-mail address; the part after @ in small letters."""

    inputmode, autocomplete = "email", "email"

    def normal(self, raw: str) -> str:
        text = clean(raw, 254)
        name, _, host = text.rpartition("@")
        if not _EMAIL.fullmatch(text) or len(name) > 64:
            raise Bad("email")
        return f"{name}@{host.lower()}"

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [str(canonical)]


def _same(kept: str, token: str, look: Look) -> bool:
    return look.state.context.fingerprint(kept) == look.state.context.fingerprint(token)


class NationalNumber(Kind):
    """A national or BIS number, kept as the sealed token that the caller's `seal` gives; only ever shown masked."""

    inputmode = "numeric"

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        raw = last(posted)
        kept = look.state.canonical(question, look.frame)
        if raw and isinstance(kept, str) and raw == look.state.context.mask(kept):
            return kept  # the masked number was left as it stood
        if not raw:
            return None
        digits = national_number(raw) if len(raw) <= 60 else None
        if digits is None:
            raise Bad("national_number")
        token = look.state.context.seal(digits)
        return (
            kept if isinstance(kept, str) and _same(kept, token, look) else token
        )  # typed again, it is the same answer

    def decode(self, question: Any, canonical: Any, look: Look) -> str:
        if not isinstance(canonical, str) or not 0 < len(canonical) <= 4000:
            raise Bad("unreadable")
        return look.state.context.fingerprint(canonical)

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [look.state.context.mask(canonical)]

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        return {"": self.show(question, canonical, look)}
