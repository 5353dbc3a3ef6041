"""The people and enterprises of the demonstration, read from cast.yaml."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("cast.yaml")
METHODS = {"eid": 500, "itsme": 450, "sms": 400}


@dataclass(frozen=True)
class Person:
    id: str
    given_name: str
    surname: str
    national_number: str
    phone: str
    language: str
    methods: list[str]
    pin: str
    mail: str
    story: dict[str, str]
    state: dict[str, str]
    mail_known_to_provider: bool = True
    supporting: bool = False
    second_name: str = ""  # on the card, beside the first

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.surname}"

    def can(self, method: str) -> bool:
        """Whether this person holds the method: eid, itsme or sms."""
        return method in self.methods


@dataclass(frozen=True)
class Cast:
    people: dict[str, Person]
    enterprises: list[dict]

    def by_phone(self, text: str) -> Person | None:
        """The person whose telephone number was typed, in any Belgian way of writing it."""
        number = international(text)
        return next((person for person in self.people.values() if person.phone == number), None)

    def holding(self, method: str) -> list[Person]:
        return [person for person in self.people.values() if person.can(method)]


def international(text: str) -> str:
    """A Belgian telephone number as +32…: "0455 00 10 01", "0032455001001" and "+32 455 00 10 01" are one."""
    digits = re.sub(r"\D", "", text)
    digits = re.sub(r"^00", "", digits)
    return "+32" + re.sub(r"^(32|0)", "", digits)


def load_cast(path: Path = FILE) -> Cast:
    """The cast of the file. Raises TypeError when a person misses a field."""
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    people = {entry["id"]: Person(**entry) for entry in source["people"]}
    return Cast(people=people, enterprises=source["enterprises"])
