"""Making the register: the named enterprises of the cast, then a few hundred others; one day, one register."""

import random
from datetime import date, timedelta

from sandbox.cast import Cast
from sandbox.registry.model import Address, Enterprise, Function, Registry
from sandbox.registry.numbers import enterprise_number, national_number, unit_number

# Women's names at even places, men's at odd ones: the serial of the national number follows.
GIVEN = """
Amandine Bastien Caroline Damien Élodie Fabrice Géraldine Hervé Ingrid Jérôme Khadija Luigi
Mireille Nicolas Odile Pascal Rachida Stéphane Tatiana Ulrich Valérie Walter Yasmine Zoltan
""".split()  # noqa: SIM905 names read better in lines
SURNAMES = """
Andrin Baudoux Colinet Delcourt Evrard Fontaine Gaspard Hennuy Istasse Jacquemin Kinet Lacroix
Mahieu Noirhomme Orban Pirotte Quinet Rasquin Simonis Thonon Urbain Vandenhove Wautelet Zimmer
""".split()  # noqa: SIM905
TRADES = (
    ("Menuiserie", "43320"),
    ("Boulangerie", "10711"),
    ("Épicerie", "47110"),
    ("Restaurant", "56110"),
    ("Constructions", "41001"),
    ("Cuisines", "31020"),
    ("Conseils", "69201"),
)
TOWNS = {
    "5998": "Valmoulin",
    "5000": "Namur",
    "4000": "Liège",
    "6000": "Charleroi",
    "7000": "Mons",
    "4800": "Verviers",
    "4950": "Waimes",
    "4700": "Eupen",
    "6700": "Arlon",
    "1300": "Wavre",
}
INVENTED_COMMUNES = ("Aubrelles", "Bois-Clarin", "Courvaulx", "Fonterive", "Grand-Marnoy", "Haute-Lande", "Montrivel")
STREETS = ("Rue Haute", "Rue du Pont", "Chaussée de la Gare", "Avenue des Tilleuls", "Place de l'Église")
KINDS = ("610",) * 190 + ("",) * 130 + ("014",) * 45 + ("017",) * 55
BANKRUPT, DISSOLVED, EXPIRED = "050", "012", "010"


class Maker:
    """Draws the invented details; one seed, so that every run tells the same register."""

    def __init__(self, day: date, taken: set[str]) -> None:
        self.day = day
        self.taken = taken
        self.chance = random.Random(20260401)  # noqa: S311 invented data, nothing secret
        self.units = 0
        self.registry = Registry(day)

    def ago(self, days: int) -> date:
        return self.day - timedelta(days=days)

    def some_days(self, least: int, most: int) -> date:
        return self.ago(self.chance.randint(least, most))

    def new_units(self, count: int) -> list[str]:
        self.units += count
        return [unit_number(index) for index in range(self.units - count, self.units)]

    def address(self) -> Address:
        zipcode, town = self.chance.choice(list(TOWNS.items()))
        box = self.chance.choice(("", "", "", "A", "12"))
        return Address(self.chance.choice(STREETS), str(self.chance.randint(1, 240)), zipcode, town, box)

    def person(self) -> dict[str, str]:
        """A new invented person: names and national number."""
        born = date(1945, 1, 1) + timedelta(days=self.chance.randint(0, 21000))
        index = self.chance.randrange(len(GIVEN))
        number = national_number(born, 998 - index % 2)
        if number in self.taken:
            return self.person()
        self.taken.add(number)
        return {"given_name": GIVEN[index], "surname": self.chance.choice(SURNAMES), "national_number": number}

    def give(
        self, enterprise: Enterprise, code: str, *, joint: bool, end: date | None = None, holder: dict | None = None
    ) -> None:
        start = max(enterprise.start, self.some_days(60, 3000))
        start = min(start, end) if end else start
        held_by = holder or self.person()
        self.registry.functions.append(Function(enterprise.number, code, start, joint, end=end, **held_by))


def build_registry(cast: Cast, day: date) -> Registry:
    """The whole register as of that day."""
    maker = Maker(day, {person.national_number for person in cast.people.values()})
    for entry in cast.enterprises:
        add_named(maker, cast, entry)
    for index, form in enumerate(KINDS):
        add_private(maker, index, form)
    for index, commune in enumerate(INVENTED_COMMUNES):
        add_public(maker, len(KINDS) + 2 * index, commune)
    return maker.registry


def add_named(maker: Maker, cast: Cast, entry: dict) -> None:
    address = Address(entry["street"], entry["house_number"], entry["zipcode"], entry["municipality"])
    enterprise = Enterprise(
        entry["number"],
        entry["name"],
        entry["form"],
        maker.ago(entry["started_days_ago"]),
        address,
        entry["nace"],
        maker.new_units(entry["units"]),
        mail=entry["mail"],
    )
    maker.registry.enterprises.append(enterprise)
    maker.registry.functions += [named_function(maker, cast, enterprise.number, held) for held in entry["functions"]]


def named_function(maker: Maker, cast: Cast, number: str, held: dict) -> Function:
    person = cast.people[held["person"]]
    return Function(
        number,
        held["code"],
        maker.ago(held["days"]),
        held["joint"],
        person.national_number,
        given_name=person.given_name,
        surname=person.surname,
    )


def add_private(maker: Maker, index: int, form: str) -> None:
    """A company, a self-employed person or an association; one company in twenty-five is bankrupt or being wound up."""
    founder = maker.person()
    trade, nace = maker.chance.choice(TRADES)
    name = f"{trade} {founder['surname']} {index}" if form else f"{founder['surname']} {founder['given_name']}"
    name = f"Les Amis de {founder['surname']} {index}" if form == "017" else name
    situation = {3: BANKRUPT, 9: DISSOLVED, 15: EXPIRED}.get(index % 75, "000") if form in ("610", "014") else "000"
    address = maker.address()
    enterprise = Enterprise(
        enterprise_number(index),
        name,
        form,
        maker.some_days(400, 9000),
        address,
        "94992" if form == "017" else nace,
        maker.new_units(1 if index % 6 else 2),
        situation,
        language="3" if address.zipcode == "4700" else "1",
        mail=f"contact{index}@entreprise.example",
        phone=f"081 00 {index // 100:02d} {index % 100:02d}",
    )
    maker.registry.enterprises.append(enterprise)
    add_organs(maker, enterprise, founder)


def add_organs(maker: Maker, enterprise: Enterprise, founder: dict[str, str]) -> None:
    """Who represents it. In bankruptcy or liquidation the organs have ended and one person stands for it."""
    ended = maker.ago(90) if enterprise.situation != "000" else None
    if enterprise.natural_person:
        maker.give(enterprise, "FONDA", joint=False, holder=founder)
    elif enterprise.form == "610":
        maker.give(enterprise, "ADMIN", joint=False, end=ended, holder=founder)
    elif enterprise.form == "017":
        maker.give(enterprise, "PRESI", joint=False, holder=founder)
        maker.give(enterprise, "ADMIN", joint=True)
    else:
        add_board(maker, enterprise, founder, ended)
    if ended:
        maker.give(enterprise, "CURAT" if enterprise.situation == BANKRUPT else "LIQUI", joint=False)


def add_board(maker: Maker, enterprise: Enterprise, founder: dict[str, str], ended: date | None) -> None:
    """One delegate alone, directors together (one of them a company), an auditor who represents nobody."""
    earlier = next(other.number for other in maker.registry.enterprises if other.form == "610")
    maker.give(enterprise, "ADMDL", joint=False, end=ended, holder=founder)
    maker.give(enterprise, "ADMIN", joint=True, end=ended)
    maker.give(enterprise, "ADMIN", joint=True, end=ended, holder={"holder_enterprise": earlier})
    maker.give(enterprise, "COMMI", joint=False)


def add_public(maker: Maker, index: int, commune: str) -> None:
    """An invented commune and its CPAS, each represented by two people together."""
    director = maker.person()
    address = Address("Place communale", "1", f"59{index % 97:02d}", commune)
    start = maker.ago(15000)
    town_hall = Enterprise(
        enterprise_number(index), f"Commune de {commune}", "411", start, address, "84114", maker.new_units(2)
    )
    cpas = Enterprise(
        enterprise_number(index + 1), f"CPAS de {commune}", "412", start, address, "88999", maker.new_units(1)
    )
    maker.registry.enterprises += [town_hall, cpas]
    maker.give(town_hall, "BOURG", joint=True)
    maker.give(town_hall, "DIRGE", joint=True, holder=director)
    maker.give(cpas, "PCPAS", joint=True)
    maker.give(cpas, "DIRGE", joint=True)
