"""A procedure's page, worked out from its listing: what is known, in the order of the page; what is not leaves no row."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monespace.procedures import labels
from monespace.procedures.content import Fact, Listing
from monespace.ui.look import words

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
LEVELS = {400: ("eid", "itsme", "sms"), 450: ("eid", "itsme"), 500: ("eid",)}


@dataclass(frozen=True)
class Page:
    """What templates/procedures/page.html shows."""

    facts: list[dict]
    about: list[str]
    documents: list[str]
    steps: list[str]
    conditions: list[str]
    ends: list[dict]  # legal basis, contact
    sources: list[dict]
    step: dict  # kind, text, url, host, sign_in, methods
    only_in: list[str]  # the languages in which it is written, when the page's is none of them
    partly_french: bool
    doubts: list[str]  # why the facts are to be checked


def page_of(listing: Listing, assurance: int = 400) -> Page:
    """The page in the current language; `assurance` is the level that a request filed here asks for."""
    return Page(
        facts=_facts(listing),
        about=_lines(listing.about),
        documents=_lines(listing.documents),
        steps=_lines(listing.steps),
        conditions=_lines(listing.conditions),
        ends=_ends(listing),
        sources=[{"href": url, "text": _host(url)} for url in listing.sources],
        step=_step(listing, assurance),
        only_in=[] if get_language() in listing.title else list(listing.title),
        partly_french=any(get_language() not in fact.text for fact in _every_fact(listing)),
        doubts=_doubts(listing),
    )


def _facts(listing: Listing) -> list[dict]:
    """The panel: for whom, how long, what it costs, until when, where."""
    timing = [
        (_("Usual time"), listing.delay), (_("Cost"), listing.cost), (_("Amount"), listing.amount),
        (_("To be filed"), listing.deadline), (_("Valid for"), listing.validity),
    ]  # fmt: skip
    return [
        {"name": _("For whom"), "value": ", ".join(str(labels.AUDIENCE[who]) for who in listing.audience)},
        *_known(timing),
        *_known([(_("Where"), Fact({"fr": listing.authority}, listing.authority_inferred))]),
        {
            "name": _("Languages of the request"),
            "value": ", ".join(str(labels.LANGUAGE[it]) for it in listing.languages),
        },
    ]


def _known(rows: list[tuple[str, Fact | None]]) -> list[dict]:
    return [
        {
            "name": name,
            "value": words(fact.text),
            "note": _("to be confirmed with the administration") if fact.inferred else "",
        }
        for name, fact in rows
        if fact
    ]


def _ends(listing: Listing) -> list[dict]:
    rows = [(_("Legal basis"), listing.legal_basis), (_("Contact"), listing.contact)]
    return [{"key": name, "value": _with_mail(_line(fact))} for name, fact in rows if fact]


def _with_mail(text: str) -> str:
    """The e-mail addresses of a safe text as links, which a narrow screen breaks before @ and dots only."""
    return mark_safe(MAIL.sub(_mail_link, text))  # noqa: S308 (the text is escaped; an address holds no markup)


def _mail_link(found: re.Match) -> str:
    broken = re.sub(r"(?=[@.])", "<wbr>", found[0])
    return f'<a class="govuk-link" href="mailto:{found[0]}">{broken}</a>'


def _lines(facts: list[Fact]) -> list[str]:
    return [_line(fact) for fact in facts]


def _line(fact: Fact) -> str:
    """A fact in a list; one that was deduced says so."""
    if not fact.inferred:
        return words(fact.text)
    return format_html(
        '{} <span class="me-status">({})</span>', words(fact.text), _("to be confirmed with the administration")
    )


def _every_fact(listing: Listing) -> list[Fact]:
    single = [
        listing.sign_in, listing.delay, listing.cost, listing.deadline, listing.amount, listing.validity,
        listing.legal_basis, listing.contact, listing.closed_because,
    ]  # fmt: skip
    lists = [*listing.about, *listing.documents, *listing.conditions, *listing.steps]
    return [*lists, *(fact for fact in single if fact)]


def _step(listing: Listing, assurance: int) -> dict:
    step = listing.next_step
    return {
        "kind": step.kind,
        "text": words(step.text) if step.text else "",
        "url": step.url,
        "host": _host(step.url),
        "sign_in": _line(listing.sign_in) if listing.sign_in else "",
        "methods": _methods(assurance) if step.kind == "form" else [],
        "for_enterprises": any(who != "citizen" for who in listing.audience),
    }


def _methods(assurance: int) -> list[str]:
    names = {
        "eid": _("your electronic identity card (eID), with a card reader and your PIN code"),
        "itsme": _("the itsme® app, on your smartphone"),
        "sms": _("a security code sent by SMS"),
    }
    return [names[method] for method in LEVELS.get(assurance, LEVELS[400])]


def _doubts(listing: Listing) -> list[str]:
    found = {
        "medium": _("These facts come from a secondary or older source: check them with the authority."),
        "low": _("These facts come from a third party only: check them with the authority before you act."),
    }
    doubts = [found[listing.reliability]] if listing.reliability in found else []
    if not listing.title_confirmed:
        doubts.append(_("The authority may call this procedure by another name."))
    return doubts


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
