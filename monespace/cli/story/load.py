"""The scenes: what each person of the cast has done before the demonstration begins."""

import datetime as dt

from django.utils import timezone

from monespace import vault
from monespace.cli.story import filing, many
from monespace.cli.story.filing import acknowledge, decide, draft, enterprise, filled, say, send
from monespace.cli.story.people import cast, invented, on, sign_in
from monespace.desk import actions as desk
from monespace.desk.models import Conflict, Team
from monespace.identity.models import Person, SignIn
from monespace.spaces import actions as spaces

INBOX, LATE = 80, 3  # dossiers of the calamities team, and how many of them are late
WIFE = 4  # Élise, whose husband is an agent
WHAT = [
    "Chaudière noyée",
    "Plancher gondolé",
    "Cuisine équipée",
    "Clôture emportée",
    "Cave inondée",
    "Machine à laver",
    "Voiture",
]


def load() -> str:
    """Load the story once; a database where somebody has signed in already is left alone."""
    if Person.objects.exists():
        return "Story: people are here already; nothing was changed."
    with on(200):
        agent = agents()
    claire()
    marc(agent)
    karl(agent)
    nadia(agent)
    commune()
    cpas()
    many.clients()
    inbox(agent)
    return f"Story: {Person.objects.count()} people, {INBOX} dossiers in the team's inbox."


def agents() -> SignIn:
    """Isabelle and Olivier sit in the calamities team; what the other teams receive is read by Olivier."""
    others = Team.objects.exclude(slug="calamites").values_list("slug", flat=True)
    for team, who in [
        ("calamites", "isabelle-mathot"),
        *((team, "olivier-servais") for team in ("calamites", *others)),
    ]:
        one = cast()[who]
        desk.add_member(team, one["national_number"], given_names=one["given_name"], family_name=one["surname"])
    sign_in("olivier-servais")
    return sign_in("isabelle-mathot")


def claire() -> None:
    """A personal draft left at 22:04 yesterday; her bakery has no space yet."""
    with on(1, 22, 4):
        me = sign_in("claire-dubois", "itsme")
        begun = draft(me)
        say(begun, {"situation/assurance": {"insurance": "none"}, "situation/agriculture": {"farming": False}}, by=me)


def marc(agent: SignIn) -> None:
    """Has only the code by SMS; his request was granted, with the letter and its remedies."""
    with on(40):
        me = sign_in("marc-lefevre", "sms")
        sent = send(
            filled(me, goods=[("Salon et parquet", "4200.00"), ("Appareils électroménagers", "1400.00")]), by=me
        )
    with on(38):
        acknowledge(sent, by=agent, due_on=timezone.localdate() + dt.timedelta(days=52))
    with on(3):
        decide(sent, by=agent, outcome="granted", amount="5600.00")


def karl(agent: SignIn) -> None:
    """Files in German, is answered in German."""
    with on(30):
        me = sign_in("karl-schmitz")
        place = {"street": "Hauptstraße", "number": "12", "postcode": "4950", "town": "Waimes", "country": "BE"}
        sent = send(filled(me, goods=[("Dach des Schuppens", "2750.50")], language="de", place=place), by=me)
    with on(28):
        acknowledge(sent, by=agent, due_on=timezone.localdate() + dt.timedelta(days=60))
    with on(2):
        decide(sent, by=agent, outcome="partly", amount="1900.00")


def nadia(agent: SignIn) -> None:
    """Represents her SRL alone: its space is open, its request acknowledged; next she names an access manager."""
    firm = enterprise(cast()["atelier-lambiotte"])
    with on(20):
        me = sign_in("nadia-benali")
        spaces.open_alone(firm.pk, by=me, role="submit")
        sent = send(
            filled(me, firm.number, goods=[("Raboteuse et scie à format", "18400.00"), ("Stock de chêne", "6250.50")]),
            by=me,
        )
    with on(18):
        acknowledge(sent, by=agent, due_on=timezone.localdate() + dt.timedelta(days=70))


def commune() -> None:
    """Philippe is GAP by a designation signed by two; Sophie leaves in five days, Paul prepares; one more designation waits."""
    town = enterprise(cast()["commune-de-valmoulin"])
    with on(90):
        anne, benoit, philippe = sign_in("anne-collard"), sign_in("benoit-henrard"), sign_in("philippe-warnier")
        named = designate(town, "philippe-warnier", by=anne)
        spaces.countersign(named, by=benoit)
        spaces.accept(named, by=philippe)
    with on(80):
        sophie, paul = sign_in("sophie-marechal"), sign_in("paul-ndiaye", "itsme")
        for who, entered, role, days in (
            ("sophie-marechal", sophie, "submit", 85),
            ("paul-ndiaye", paul, "prepare", 105),
        ):
            spaces.accept(invite(town, who, by=philippe, role=role, days=days), by=entered)
        many.staff(town, by=philippe)
    drafts_of_places(sophie, town.number)
    with on(4):
        filled(paul, town.number, goods=[("Pompes de relevage", "12800.00"), ("Mobilier du hall", "3150.00")])
    with on(1):
        designate(town, "paul-ndiaye", by=anne)


def drafts_of_places(sophie: SignIn, number: str) -> None:
    """One draft of the commune for each of its buildings, begun day after day."""
    for day, place in enumerate(["École", "Crèche", "Hall des sports", "Cimetière", "Bibliothèque", "Dépôt communal"]):
        with on(12 - day):
            where = {**filing.PLACE, "street": f"Place de la Rivière ({place})"}
            situation: dict[str, dict] = {
                "situation/assurance": {"insurance": "refused"},
                "situation/lieu": {"damage_place": where},
            }
            say(draft(sophie, number), situation, by=sophie)


def cpas() -> None:
    """Fatima sent this morning: she has her receipt only."""
    house = enterprise(cast()["cpas-de-valmoulin"])
    with on(60):
        fatima, michel = sign_in("fatima-el-amrani"), sign_in("michel-quoilin")
        named = designate(house, "fatima-el-amrani", by=michel)
        spaces.countersign(named, by=fatima)
        spaces.accept(named, by=fatima)
        spaces.take_role(house.pk, by=fatima, role="submit")
    with on(0, 8, 20):
        send(filled(fatima, house.number, goods=[("Cuisine du restaurant social", "21300.00")]), by=fatima)


def inbox(agent: SignIn) -> None:
    """The rest of the team's dossiers (four of the cast sent theirs); three of them late; one whose applicant is an agent's wife."""
    for number in range(INBOX - 4):
        days = 2 + number % 45
        late = number < LATE
        with on(95 if late else days):
            me = invented(number)
        with on(55 if late else days, 9 + number % 8, number % 60):
            sent = send(filled(me, goods=[(WHAT[number % len(WHAT)], f"{400 + 137 * (number % 40)}.50")]), by=me)
        if late or number % 2:
            with on(50 if late else max(days - 1, 0)):
                due = timezone.localdate() + dt.timedelta(days=45 if late else 60)
                acknowledge(sent, by=agent, due_on=due)
        if number == WIFE:
            olivier = vault.lookup_hash(cast()["olivier-servais"]["national_number"])
            Conflict.objects.create(person_hash=olivier, dossier=sent, reason="family", at=timezone.now())


def designate(firm, who: str, *, by: SignIn):
    """A representative names an access manager of the cast."""
    one = cast()[who]
    return spaces.designate(
        firm.pk,
        by=by,
        given_names=one["given_name"],
        family_name=one["surname"],
        national_number=one["national_number"],
        email=one["mail"],
    )


def invite(firm, who: str, *, by: SignIn, role: str, days: int):
    """The GAP invites a colleague of the cast, by national number, for so many days from then."""
    one = cast()[who]
    return spaces.invite(
        firm.pk, by=by, kind="role", role=role, scope="*", given_names=one["given_name"], family_name=one["surname"], email=one["mail"],
        national_number=one["national_number"], ends_on=timezone.localdate() + dt.timedelta(days=days),
    )  # fmt: skip
