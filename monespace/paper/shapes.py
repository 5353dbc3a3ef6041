"""The data that each template expects. Every text is plain text, already in the document's language.

National numbers arrive here masked (`vault.masked`), never whole. Instants carry their time zone.
"""

from datetime import date, datetime
from typing import Any, Literal, NotRequired, TypedDict


class Party(TypedDict):
    """A person or an enterprise; `number` is the written enterprise number or the masked national number."""

    name: str
    number: NotRequired[str]
    address: NotRequired[list[str]]


class Table(TypedDict):
    """A table: as many texts in each row as there are columns; `numbers` lists columns (from 0) set to the right."""

    columns: list[str]
    rows: list[list[str]]
    total: NotRequired[list[str]]
    numbers: NotRequired[list[int]]


class Row(TypedDict):
    """A label with one of: a value (several lines allowed), rows of its own, a table."""

    label: str
    value: NotRequired[str]
    rows: NotRequired[list["Row"]]
    table: NotRequired[Table]


class Section(TypedDict):
    """One part of a form, as it was sent."""

    title: str
    rows: list[Row]


class Attachment(TypedDict):
    """A file that was sent: what it is (`label`), its name, its size in bytes and the SHA-256 of its content."""

    name: str
    size: int
    sha256: str
    label: NotRequired[str]


class Verify(TypedDict):
    """How anyone can check the document: the page's address and the SHA-256 (hexadecimal) to compare."""

    address: str
    hash: str


class Helpdesk(TypedDict):
    """Who answers questions."""

    phone: str
    mail: str


class Receipt(TypedDict):
    """Template «receipt»: what was sent, by whom, for whom, when."""

    number: str
    sent_at: datetime
    procedure: str
    authority: NotRequired[str]
    filed_by: Party
    for_whom: Party
    role: str
    method: str
    assurance: NotRequired[str]
    sections: list[Section]
    documents: NotRequired[list[Attachment]]
    declarations: NotRequired[list[str]]
    next_steps: list[str]
    verify: Verify
    helpdesk: Helpdesk


class Sender(TypedDict):
    """The team that writes."""

    name: str
    team: NotRequired[str]
    address: list[str]
    phone: NotRequired[str]
    mail: NotRequired[str]


class Remedy(TypedDict):
    """A way to contest: before whom, at which address, until when, how (law of 11 April 1994, article 2)."""

    authority: str
    time_limit: str
    address: NotRequired[list[str]]
    how: NotRequired[str]


class Signatory(TypedDict):
    """Who signs."""

    name: str
    function: str


class Letter(TypedDict):
    """Template «letter»: a decision with its reasons (law of 29 July 1991) or an acknowledgement."""

    sender: Sender
    recipient: Party
    reference: str
    date: date
    subject: str
    place: NotRequired[str]
    greeting: NotRequired[str]
    body: NotRequired[list[str]]
    facts: NotRequired[list[str]]
    law: NotRequired[list[str]]
    decision: NotRequired[list[str]]
    amount: NotRequired[str]
    next_steps: NotRequired[list[str]]
    remedies: NotRequired[list[Remedy]]
    closing: NotRequired[str]
    signatory: Signatory
    verify: NotRequired[Verify]


class Span(TypedDict):
    """A run of text in a guide."""

    text: str
    strong: NotRequired[bool]
    link: NotRequired[str]


class Picture(TypedDict):
    """A PNG or JPEG with the sentence that replaces it; `width` in millimetres, the column's width if absent."""

    content: bytes
    alt: str
    width: NotRequired[int]


class Step(TypedDict):
    """One numbered step."""

    text: list[Span]
    picture: NotRequired[Picture]


class Block(TypedDict):
    """One block of a guide; `kind` says which other key counts."""

    kind: Literal["heading", "paragraph", "steps", "list", "table", "note", "picture"]
    level: NotRequired[Literal[2, 3, 4]]
    title: NotRequired[str]
    text: NotRequired[list[Span]]
    steps: NotRequired[list[Step]]
    items: NotRequired[list[list[Span]]]
    table: NotRequired[Table]
    picture: NotRequired[Picture]


class Guide(TypedDict):
    """Template «guide»: a help page."""

    title: str
    summary: NotRequired[str]
    updated: date
    address: NotRequired[str]
    blocks: list[Block]
    helpdesk: Helpdesk


SHAPES: dict[str, Any] = {"receipt": Receipt, "letter": Letter, "guide": Guide}
