"""How values read on screen, in the page's language; every template may use what FILTERS and GLOBALS name."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

import phonenumbers
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monespace.engine.formats import file_size
from monespace.ui.questions import question_html

NBSP = "\u00a0"


def amount(value) -> str:
    """1250 -> «1 250,00 €» (fr), «1.250,00 €» (de, nl) or «1,250.00 €» (en); what is no number comes out as it came in."""
    try:
        cents = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    except InvalidOperation:
        return "" if value is None else str(value)
    return formats.number_format(cents, 2, force_grouping=True) + NBSP + "€"


def number(value) -> str:
    """1234.5 -> «1 234,5»: grouped, with as many decimals as it has; what is no number comes out as it came in."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return "" if value is None else str(value)
    return formats.number_format(exact, force_grouping=abs(exact) >= 10_000)


def enterprise_number(value) -> str:
    """0123456749 -> 0123.456.749; anything but ten digits comes out as it came in."""
    digits = "".join(filter(str.isdigit, str(value or "")))
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}" if len(digits) == 10 else str(value or "")


def iban(value) -> str:
    """BE68539007547034 -> BE68 5390 0754 7034, with no-break spaces."""
    plain = "".join(str(value or "").split()).upper()
    return NBSP.join(plain[start : start + 4] for start in range(0, len(plain), 4))


def phone(value) -> str:
    """+32475123456 -> «0475 12 34 56»; a foreign number keeps its country code; an odd one comes out as it came in."""
    try:
        parsed = phonenumbers.parse(str(value), "BE")
    except phonenumbers.NumberParseException:
        return str(value or "")
    national = parsed.country_code == 32
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style).replace(" ", NBSP)


@lru_cache(maxsize=64)
def tel_href(value) -> str:
    """078 79 01 02 -> tel:+3278790102."""
    try:
        parsed = phonenumbers.parse(str(value), "BE")
    except phonenumbers.NumberParseException:
        return "tel:" + "".join(filter(str.isdigit, str(value or "")))
    return "tel:" + phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def day(value: dt.date | str | None) -> str:
    """A date as «23 novembre 2026», «1er décembre 2026»; an instant counts as its day in Brussels; None is nothing.

    A text is read as 2026-11-23, and comes out as it came in when it is something else.
    """
    if not value:
        return ""
    if isinstance(value, str):
        try:
            return day(dt.datetime.fromisoformat(value))
        except ValueError:
            return value
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    text = formats.date_format(value, "DATE_FORMAT")
    return text.replace("1 ", "1er ", 1) if value.day == 1 and get_language() == "fr" else text


def moment(value: dt.datetime | None) -> str:
    """An instant as «23 novembre 2026 à 14:02», in Brussels; None is nothing."""
    if not value:
        return ""
    return _("%(day)s at %(time)s") % {"day": day(value), "time": clock(value)}


def clock(value: dt.datetime | None) -> str:
    """An instant as «14:02», in Brussels."""
    if not value:
        return ""
    return formats.date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "TIME_FORMAT")


def filesize_text(value: int | None) -> str:
    """1258291 -> «1,3 Mo» (fr) or «1,3 MB» (de, nl), as in the answers that the engine shows."""
    return file_size(value or 0, get_language() or "fr")


def in_words(texts: dict | str | None) -> str:
    """The text of the current language, else the French one, without markup: for titles and attributes."""
    return pick(texts)[1]


def words(texts: dict | str | None) -> str:
    """The text of the current language; a text that only exists in another one says so with `lang`."""
    language, text = pick(texts)
    if language and foreign(language):
        return format_html('<span lang="{}">{}</span>', language, text)
    return format_html("{}", text)


def pick(texts: dict | str | None) -> tuple[str, str]:
    """(language, text) out of {language: text}: the current one, then French, then any; ("", text) for plain text."""
    if not isinstance(texts, dict):
        return "", str(texts or "")
    for language in (get_language() or "fr", "fr", *texts):
        if texts.get(language):
            return language, texts[language]
    return "", ""


def foreign(language: str) -> str:
    """This language when it is not the page's: what `lang` says of a part of it; else nothing."""
    return "" if language == get_language() else language


def session_time(value: dt.datetime | None = None) -> str:
    """An instant as «14:02», in a place that static/app/session.js keeps right; empty: it is to be filled in."""
    return format_html("<span data-session-time>{}</span>", clock(value))


def question(field, only: bool = False) -> str:
    """The markup of one question of the engine; `only=page.only_question` makes its label the page's h1."""
    return question_html(field, only)


FILTERS = (
    amount, number, enterprise_number, iban, phone, tel_href, day, moment, clock, filesize_text, in_words, foreign,
)  # fmt: skip
GLOBALS = (session_time, question)
