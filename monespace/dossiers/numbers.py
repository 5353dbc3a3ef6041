"""The number that a dossier gets on submission, with two check digits: misreading it on the phone is noticed."""

from datetime import datetime

from django.db import connection

SEQUENCE = "dossiers_number"


def next_number(at: datetime) -> str:
    """The next number, such as «2026-0000123-57» (check: 97 minus the rest of the digits divided by 97). Never given twice."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{SEQUENCE}')")
        (count,) = cursor.fetchone()
    return with_check(at.year, count)


def with_check(year: int, count: int) -> str:
    """Year, count and check digits as one number."""
    return f"{year}-{count:07}-{97 - int(f'{year}{count:07}') % 97:02}"


def as_written(text: str) -> str:
    """A number, or its beginning, however it was typed: «2026 0000123 57» and «2026000012357» are 2026-0000123-57."""
    digits = "".join(text.replace("-", "").split())
    if not (digits.isdecimal() and digits.isascii() and 4 < len(digits) < 14):
        return "".join(text.split())
    return "-".join(filter(None, [digits[:4], digits[4:11], digits[11:]]))


def is_number(text: str) -> bool:
    """Whether the check digits fit."""
    parts = text.strip().split("-")
    return (
        len(parts) == 3
        and all(part.isdecimal() and part.isascii() and len(part) < 15 for part in parts)
        and with_check(int(parts[0]), int(parts[1])) == text.strip()
    )
