"""The public part of a procedure file (content/procedures/<slug>.yaml): what the Portal says of a procedure.

The `form:` part of the same file belongs to the engine. Facts that are unknown are left out of the file: an absent
fact shows no row. A fact that was deduced and not read carries `inferred: true` and is labelled so on the page.
"""

from typing import Literal

import msgspec

Language = Literal["fr", "de", "nl", "en"]
Words = dict[Language, str]  # the same text side by side; `fr` always there

Audience = Literal["citizen", "company", "self_employed", "asbl", "commune", "cpas", "farmer", "school", "research"]
Kind = Literal["form", "website", "commune", "paper", "counter", "successor"]


class Fact(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One fact: its words, and whether we deduced it."""

    text: Words
    inferred: bool = False


class NextStep(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Where the page leads: our own form, the authority's site, one's commune, paper, a counter, or the successor."""

    kind: Kind
    url: str = ""
    text: Words = {}


class Listing(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One procedure as the public reads it."""

    title: Words  # fr and de
    summary: Words  # one line, fr and de: for whom and what
    search: dict[Language, list[str]]  # words people would type, fr and de; none of them the title again
    theme: str  # a key of content/themes.yaml
    audience: list[Audience]
    authority: str
    level: Literal["region", "commune", "community", "federal"]
    next_step: NextStep
    about: list[Fact] = []  # short paragraphs
    documents: list[Fact] = []
    conditions: list[Fact] = []
    steps: list[Fact] = []
    sign_in: Fact | None = None
    delay: Fact | None = None  # how long the administration takes
    cost: Fact | None = None
    deadline: Fact | None = None
    amount: Fact | None = None
    validity: Fact | None = None
    legal_basis: Fact | None = None
    contact: Fact | None = None
    related: list[str] = []
    languages: list[Language] = msgspec.field(
        default_factory=lambda: ["fr"]
    )  # in which the authority accepts the request
    status: Literal["open", "closed"] = "open"
    closed_because: Fact | None = None
    successors: list[str] = []
    sources: list[str] = []
    reliability: Literal["high", "medium", "low"] = "high"
    title_confirmed: bool = True
    authority_inferred: bool = False  # nobody read that this authority is the one today


class Commune(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One municipality: its names, its online counter where known («none»: it has no counter)."""

    fr: str
    de: str = ""
    nl: str = ""
    counter: str = ""


class Communes(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """content/communes.yaml; `usual_counter` holds {name}."""

    usual_counter: str
    communes: list[Commune]
