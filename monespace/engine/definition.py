"""What a form file may say: frozen structs, from which a JSON Schema is generated for editors.

Texts stand side by side in every language of the form (`Words`). Conditions, computed values and bounds are text in
the engine's small language (docs/procedures.md); they are read and checked when the form is loaded.
"""

from typing import Annotated, Literal

import msgspec

Words = dict[str, str]  # {fr: …, de: …}
HolderKind = Literal["citizen", "self_employed", "company", "commune", "cpas", "asbl"]
KindName = Literal[
    "text", "textarea", "integer", "decimal", "money", "percent", "date", "month", "year", "boolean", "choice",
    "multiple", "national_number", "enterprise_number", "establishment_number", "iban", "phone", "email", "address",
    "country", "file", "matrix", "computed", "information", "declaration",
]  # fmt: skip
Level = Literal["error", "warning"]
ColumnType = Literal["text", "number", "date", "words", "boolean"]


class Part(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Base of every part of a definition: an unknown field is refused."""


class Check(Part, frozen=True):
    """What must hold; the message is shown when it is known not to. A warning does not stop the request."""

    must: str
    message: Words
    level: Level = "error"
    on: str = ""  # the question beside which the message stands


class Option(Part, frozen=True):
    """One answer that can be chosen."""

    value: str
    label: Words
    hint: Words = {}
    when: str = ""


class OptionsFrom(Part, frozen=True):
    """Answers taken from the rows of a parameter table, or from the rows of a group (then the value is the row)."""

    table: str = ""
    group: str = ""
    value: str = ""  # column of the table
    label: str = ""  # column of the table, or question of the group
    hint: str = ""  # column of the table
    when: str = ""


class MatrixRow(Part, frozen=True):
    """One fixed row of a matrix; the condition reads what stands around the matrix."""

    id: str
    label: Words
    when: str = ""


class Question(Part, frozen=True):
    """One question, or something shown among questions (computed, information)."""

    id: str
    kind: KindName
    label: Words = {}
    hint: Words = {}
    help: Words = {}
    text: Words = {}  # information and declaration: the words themselves
    required: bool | str = True  # or a condition
    when: str = ""
    prefill: str = ""  # a source: person.email, holder.name
    locked: bool | str = False  # or a condition
    options: list[Option] = []
    options_from: OptionsFrom | None = None
    min: str | int = ""
    max: str | int = ""
    max_length: int = 0
    places: int = 2
    accept: list[str] = []
    max_files: int = 5
    max_megabytes: int = 10
    rows: list[MatrixRow] = []
    columns: list["Question"] = []
    value: str = ""  # computed
    unit: str = ""  # computed: money, percent, integer, year, number; else worked out
    hidden: bool = False  # computed: for other expressions only, shown nowhere
    version: str = "1"  # declaration: the wording's version
    prefix: str = ""
    suffix: str = ""
    autocomplete: str = ""
    checks: list[Check] = []


class Link(Part, frozen=True):
    """A way out of a stop page: another procedure, or an address elsewhere."""

    text: Words
    procedure: str = ""
    url: str = ""


class Stop(Part, frozen=True):
    """The request ends here: why, and what else is possible."""

    text: Words
    links: list[Link] = []


class Seed(Part, frozen=True):
    """Rows that are there from the start: from a register's list, or one for each row of another group."""

    source: str = ""  # person.household, holder.establishments
    group: str = ""
    when: str = ""
    first: dict[str, str] = {}  # a row that is always there: question of the row: question around it, or "fixed text"
    # question of the row: name in the register's row; or an expression read in the row of the other group
    fields: dict[str, str] = {}


class Proposal(Part, frozen=True):
    """Rows of another group for which a row is there by itself, beside those that people add."""

    group: str
    when: str = ""
    fields: dict[str, str] = {}  # question of the row: an expression read in the row of the other group


class Confirmation(Part, frozen=True):
    """Each person of a group has to agree, by their own sign-in, before the request is sent."""

    person: str  # the question of the row that asks for the national number
    email: str  # the one that asks for the address to which the demand is written
    text: Words  # what each declares
    sections: list[str] = []  # what they read of the request, and agree to; empty: all of it
    version: str = "1"


class Group(Part, frozen=True):
    """A part that repeats: rows with pages of their own, and groups inside."""

    item: Words  # what one row is called
    pages: list["Page"]
    min: str | int = 0
    max: str | int = 50
    add: Words = {}
    summary: list[str] = []  # questions shown in the list of rows
    named: list[str] = []  # questions whose answers name a row: Personne 2, Paul Martin
    seed: Seed | None = None
    propose: list[Proposal] = []
    csv: bool = False  # rows can be added from a CSV file
    confirmed_by: Confirmation | None = None


class Page(Part, frozen=True):
    """One page: questions, or a group, or a stop."""

    id: str
    title: Words = {}
    hint: Words = {}
    body: Words = {}
    when: str = ""
    questions: list[Question] = []
    checks: list[Check] = []
    group: Group | None = None
    stop: Stop | None = None


class Section(Part, frozen=True):
    """One task of the task list."""

    id: str
    title: Words
    pages: list[Page]
    when: str = ""
    needs: list[str] = []  # sections to finish first
    once_validated: bool = False  # with `validate`: filled in when all the rest is validated


class Key(Part, frozen=True):
    """A column by which a table is looked up: equal; up_to, the first bound not passed; from, the last one reached."""

    column: str
    match: Literal["equal", "up_to", "from"] = "equal"


class Table(Part, frozen=True):
    """A parameter table. Columns named valid_from and valid_until limit a row in time."""

    columns: dict[str, ColumnType]
    rows: list[dict[str, str | int | bool | Words | None]]
    key: list[str | Key] = []
    note: Words = {}
    labels: dict[str, Words] = {}  # what columns are called, for whoever is told that a figure changed
    indicative: bool = False


class Computed(Part, frozen=True):
    """A value worked out once for the whole form."""

    id: str
    value: str
    label: Words = {}
    unit: str = ""


class Assurance(Part, frozen=True):
    """The least level of sign-in to draft and to submit."""

    draft: Literal[400, 450, 500] = 400
    submit: Literal[400, 450, 500] = 400


class Window(Part, frozen=True):
    """When the form is open; empty is open-ended. Dates as YYYY-MM-DD."""

    opens: str = ""
    closes: str = ""


class Deadline(Part, frozen=True):
    """The last day, worked out, and the rule in words."""

    date: str
    text: Words


class Expect(Part, frozen=True):
    """What must come out of an example; what is not named is not looked at."""

    complete: bool | None = None
    stop: str | None = None  # id of the stop page; "" is none
    computed: dict[str, str | int | bool | None] = {}
    pages: list[str] | None = None
    problems: list[str] | None = None  # questions, or pages for checks of a page
    warnings: int | None = None


class Example(Part, frozen=True):
    """Answers, who gives them and when, and what must come out."""

    name: str
    expect: Expect
    like: str = ""  # an earlier example whose day, people and answers hold where this one gives no others
    today: str = ""
    answers: dict = {}
    holder: dict = {}
    person: dict = {}


class Definition(Part, frozen=True):
    """The `form:` part of a procedure file."""

    languages: list[str]
    title: Words
    audience: list[HolderKind]
    sections: list[Section]
    assurance: Assurance = Assurance()
    signature: Annotated[str, msgspec.Meta(extra_json_schema={"enum": ["honour"]})] = (
        "honour"  # the only one the portal takes
    )
    window: Window = Window()
    minutes: int = 0  # time it usually takes
    validate: bool = False  # two acts: the answers are validated and stand still, then the request is sent
    once: Literal["", "year"] = ""  # year: one request a calendar year of each holder
    reply_to: str = ""  # e-mail question, outside groups, whose answer receives what is told about the request
    deadline: Deadline | None = None
    parameters: dict[str, Table] = {}
    computed: list[Computed] = []
    examples: list[Example] = []


def schema() -> dict:
    """The JSON Schema of the `form:` part, so that an editor completes the file."""
    return msgspec.json.schema(Definition)
