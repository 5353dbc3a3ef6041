"""What the register holds of an enterprise and of who may act for it."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Address:
    street: str
    house_number: str
    zipcode: str
    municipality: str
    box: str = ""


@dataclass(frozen=True)
class Function:
    """A legal function, held by a person (national number) or by another enterprise. `joint`: never enough alone."""

    enterprise: str
    code: str
    start: date
    joint: bool
    national_number: str = ""
    holder_enterprise: str = ""
    given_name: str = ""
    surname: str = ""
    end: date | None = None


@dataclass(frozen=True)
class Enterprise:
    """`form` is the code of the legal form, empty for a natural person, who has no seat address in the open data."""

    number: str
    name: str
    form: str
    start: date
    address: Address
    nace: str
    units: list[str]
    situation: str = "000"
    language: str = "1"
    abbreviation: str = ""
    mail: str = ""
    phone: str = ""

    @property
    def natural_person(self) -> bool:
        return not self.form


@dataclass
class Registry:
    day: date
    enterprises: list[Enterprise] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)

    def functions_of(self, number: str) -> list[Function]:
        return [function for function in self.functions if function.enterprise == number]

    def knows(self, number: str) -> bool:
        return any(enterprise.number == number for enterprise in self.enterprises)
