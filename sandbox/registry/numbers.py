"""Invented numbers with right check digits.

Enterprise numbers begin with 0124: those that we have seen published begin with 02 and above; nobody guarantees it.
Establishment units begin with 8.124 (those that we have seen begin with 2).
National numbers carry the last serial of their day, 997 or 998, which real ones hardly ever reach.
"""

from datetime import date


def enterprise_number(index: int) -> str:
    return dotted(124_0000 + index, "0")


def unit_number(index: int) -> str:
    plain = with_check(8_124_0000 + index)
    return f"{plain[0]}.{plain[1:4]}.{plain[4:7]}.{plain[7:]}"


def dotted(first: int, lead: str = "") -> str:
    """An enterprise number as it is printed, from its digits before the check."""
    plain = with_check(int(f"{lead}{first:07d}"))
    return f"{plain[:4]}.{plain[4:7]}.{plain[7:]}"


def with_check(first_eight: int) -> str:
    """Ten digits: the last two are 97 less the remainder of the first eight."""
    return f"{first_eight:08d}{97 - first_eight % 97:02d}"


def national_number(born: date, serial: int) -> str:
    """YY.MM.DD-SSS.CC; a 2 stands before the nine digits for those born from 2000 (royal decree of 8 February 1991)."""
    nine = f"{born:%y%m%d}{serial:03d}"
    check = 97 - int(f"2{nine}" if born.year >= 2000 else nine) % 97
    return f"{born:%y.%m.%d}-{serial:03d}.{check:02d}"
