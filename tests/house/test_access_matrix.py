"""Who gets what at every address of the portal: the table below was written by hand, from the laws, before the screens.

A row is an address; a column is a person of the cast in the commune's space. «ok» is the page (200, or 202 while a paper is
made), «in» the way to sign in or to a stronger proof, «go» a redirect, «no» a page that says why not (403), «–» nothing is
there (404, the same for every number), «post» a page that only takes a form (405), «409» an act whose turn it is not.
"""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver, reverse

from monespace.dossiers.models import Document, Dossier
from monespace.procedures.actions import publish
from monespace.spaces import actions
from monespace.spaces.models import Title
from tests.cast import ANNE, CLAIRE, COMMUNE, HUGO, INES, ISABELLE, OLIVIER, PAUL, PHILIPPE, SOPHIE, WORKSHOP
from tests.dossiers import house
from tests.factories import client_of, enterprise, signed_in, title

pytestmark = pytest.mark.django_db

COLUMNS = ["visitor", "hugo", "ines_reads", "paul_prepares", "sophie_sends", "philippe_gap", "philippe_by_sms", "anne_mayor",
           "isabelle_agent", "olivier_other_team"]  # fmt: skip
PUBLIC = "ok  ok  ok  ok  ok  ok  ok  ok  ok  ok"
SIGNED_IN = "in  ok  ok  ok  ok  ok  ok  ok  ok  ok"
# The portal's own code by SMS is not among the ways, nor has anybody bound a number.
GO, NOT_ON, NO_NUMBER = "in" + "  go" * 9, "in  " * 10, "in  go  go  go  go  go  in  go  go  go"
MEMBERS = "in  –  ok  ok  ok  ok  ok  ok  –  –"
READ = "in  –  ok  ok  ok  no  no  no  –  –"
PREPARE = "in  –  no  ok  ok  no  no  no  –  –"
SUBMIT = "in  –  no  no  ok  no  no  no  –  –"
SEE_ACCESS = "in  –  no  no  no  ok  ok  ok  –  –"
GIVE_ROLE = "in  –  no  no  no  ok  in  no  –  –"
DESK = "in  –  –  –  –  –  –  –  ok  ok"
OWN_TEAM = "in  –  –  –  –  –  –  –  ok  –"
TABLE = {
    "procedures:home": PUBLIC, "procedures:search": PUBLIC, "procedures:sitemap": PUBLIC, "procedures:robots": PUBLIC,
    "procedures:page": PUBLIC, "dossiers:verify": PUBLIC, "health": PUBLIC, "metrics": "–  –  –  –  –  –  –  –  –  –",
    "help:home": PUBLIC, "help:search": PUBLIC, "help:contact": PUBLIC, "help:page": PUBLIC, "help:feedback": PUBLIC, "help:thanks": PUBLIC,
    "help:pdf": PUBLIC, "identity:keys": PUBLIC,
    "identity:sign_in": "ok  go  go  go  go  go  go  go  go  go",
    **dict.fromkeys(("identity:callback", "identity:callback_itsme"), "bad" + "  go" * 9), "identity:card": "–  " * 10,
    **dict.fromkeys(("identity:sign_out", "identity:told_signed_out", "identity:card_challenge"), "post  " * 10),
    **dict.fromkeys(("identity:sms", "identity:sms_password", "identity:sms_code"), NOT_ON), "identity:sessions": SIGNED_IN,
    **dict.fromkeys(("identity:phone", "identity:phone_code", "identity:phone_password"), NO_NUMBER),
    "identity:profile": SIGNED_IN, "identity:welcome": SIGNED_IN, "identity:email_code": GO, "identity:prolong": SIGNED_IN,
    "notices:inbox": SIGNED_IN, "spaces:choose": SIGNED_IN, "spaces:setup": SIGNED_IN,
    # Whoever the register does not know is told so, with what to do; the answer does not tell a member from a stranger.
    **dict.fromkeys(("spaces:setup_for", "spaces:designate", "spaces:countersign"), "in  no  no  no  no  no  no  ok  no  no"),
    "spaces:people": SEE_ACCESS, "spaces:invite": GIVE_ROLE, "spaces:withdraw": GIVE_ROLE, "spaces:cancel": GIVE_ROLE,
    "spaces:person": "in  –  no  ok  no  ok  ok  ok  –  –",  # the person in the address is Paul: everyone sees their own accesses
    "spaces:confirm": "in  –  no  no  no  go  in  no  –  –",  # nobody has accepted yet: nothing to confirm, back to the list
    "spaces:leave": "in  –  –  ok  –  –  –  –  –  –",  # the title in the address is Paul's own
    "spaces:take_role": "in  –  no  no  no  ok  in  no  –  –",  # a representative who acts only jointly takes none alone
    "spaces:invitation": "in  –  ok  –  –  –  –  –  –  –",  # pinned to Inès
    "dossiers:begin": GO, "dossiers:home": MEMBERS, "dossiers:list": MEMBERS, "dossiers:start": PREPARE,
    "dossiers:dossier": READ, "dossiers:answers": READ, "dossiers:documents": READ, "dossiers:document": READ,
    "dossiers:paper": READ, "dossiers:receipt": READ, "dossiers:withdraw": SUBMIT,
    "dossiers:tasks": PREPARE, "dossiers:page": PREPARE, "dossiers:check": PREPARE, "dossiers:delete": PREPARE,
    "dossiers:share": "in  –  no  –  –  no  no  no  –  –", "dossiers:confirm": "in  –  –  –  –  –  –  –  –  –",  # of people
    "dossiers:hand_over": PREPARE, "dossiers:around": PREPARE, "dossiers:take_over": "in  –  no  post  post  no  no  no  –  –",
    "dossiers:version": "in  –  no  go  go  no  no  no  –  –",  # the draft has the newest version: back to its parts
    "dossiers:import": "in  –  no  go  go  no  no  no  –  –", "dossiers:import_template": "in  –  no  go  go  no  no  no  –  –",
    "desk:inbox": DESK, "help:opinions": DESK, "desk:dossier": OWN_TEAM, "desk:acknowledge": OWN_TEAM,
    "desk:decide": "in  –  –  –  –  –  –  –  409  –",  # the acknowledgement comes first, and the page says so
    "desk:conflict": OWN_TEAM, "desk:numbers": OWN_TEAM, "desk:document": OWN_TEAM,
    "desk:paper": "in  –  –  –  –  –  –  –  –  –",  # the worker has not made it yet: the desk shows no link to it
}  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = """
examples:
  - {name: rien encore, today: 2026-11-23, holder: {kind: citizen}, answers: {}, expect: {complete: false}}
"""
DRAFTS = "tasks page check delete version import import_template hand_over take_over share confirm around"
OF_A_DRAFT = {f"dossiers:{name}" for name in DRAFTS.split()}


def every_name(patterns=None, prefix: str = "") -> set[str]:
    """The names of all addresses of the portal."""
    found = set()
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            found.add(prefix + str(pattern.name))
        else:
            found |= every_name(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix)
    return found


def test_every_address_is_in_the_table():
    assert every_name() == set(TABLE)


@pytest.fixture
def town(db, tmp_path):
    """The commune with its people, a sent dossier, a draft, an invitation; and the same objects of another enterprise."""
    published(tmp_path / "content")
    return Town()


def published(folder) -> None:
    """A content folder with one small form that everyone may file, published as an operator does."""
    (folder / "procedures").mkdir(parents=True)
    for name in ("themes.yaml", "authorities.yaml", "synonyms.yaml"):
        (folder / name).write_text((ROOT / "content" / name).read_text(encoding="utf-8"), encoding="utf-8")
    form = house.SMALL.replace("[citizen, company]", "[citizen, company, commune]") + EXAMPLE
    indented = "\n".join("  " + line for line in form.strip("\n").splitlines())
    public = house.PUBLIC.replace("authority: SPW\n", "authority: SPW Intérieur et Action sociale\n")
    (folder / "procedures" / "essai.yaml").write_text(public + indented + "\n", encoding="utf-8")
    publish(folder)


class Town:
    """What the rows' addresses are made of."""

    def __init__(self):
        self.here, self.elsewhere = enterprise(COMMUNE), enterprise(WORKSHOP)
        for firm in (self.here, self.elsewhere):
            title(firm, INES, role="read")
            title(firm, SOPHIE, role="submit")
            title(firm, PHILIPPE, "gap")
        self.pauls = title(self.here, PAUL, role="prepare")
        sophie = client_of(SOPHIE)
        self.sent, self.draft = house.sent(sophie, COMMUNE.number), house.begin(sophie, COMMUNE.number)
        self.other_sent, self.other_draft = house.sent(sophie, WORKSHOP.number), house.begin(sophie, WORKSHOP.number)
        self.file = self.add_file(self.sent)
        self.offer = actions.invite(
            self.here.pk, by=signed_in(PHILIPPE), kind="role", role="prepare", scope="*", given_names="Inès", family_name="Carlier",
            email=INES.email, national_number=INES.national_number,
        )  # fmt: skip
        self.naming = actions.designate(
            self.here.pk, by=signed_in(ANNE), given_names="Claire", family_name="Dubois", national_number=CLAIRE.national_number,
            email=CLAIRE.email,
        )  # fmt: skip
        self.teams()

    def add_file(self, dossier: Dossier) -> Document:
        from django.core.files.base import ContentFile
        from django.core.files.storage import default_storage

        path = default_storage.save(f"{dossier.pk}/a", ContentFile(b"%PDF-1.4"))
        return Document.objects.create(
            dossier=dossier, name="devis.pdf", path=path, size=8, sha256="0" * 64, type="application/pdf", check_state="clean",
            added_by=dossier.submitted_by,
        )  # fmt: skip

    def teams(self):
        from monespace.desk import actions as desk
        from monespace.desk.models import Team

        desk.load_teams()
        words = Team.objects.get(slug="calamites").words
        Team.objects.filter(slug="calamites").update(procedures=["essai"])
        Team.objects.create(slug="autre", words=words, procedures=["autre-chose"], remedy_days=60)
        for who, team in ((ISABELLE, "calamites"), (OLIVIER, "autre")):
            desk.add_member(team, who.national_number, given_names=who.given_names, family_name=who.family_name)

    def address(self, name: str) -> str:
        """The address of a row."""
        room, screen = name.rpartition(":")[::2]
        dossier = self.draft if name in OF_A_DRAFT else self.sent
        values = {
            "procedures:page": ["essai"], "dossiers:begin": ["essai"], "identity:told_signed_out": ["fas"],
            "help:page": ["securite"], "help:pdf": ["s-identifier"],
            "spaces:setup_for": [COMMUNE.number], "spaces:designate": [COMMUNE.number],
            "spaces:countersign": [COMMUNE.number, self.naming.pk],
            "spaces:person": [COMMUNE.number, self.pauls.person_id], "spaces:withdraw": [COMMUNE.number, self.pauls.pk],
            "spaces:leave": [COMMUNE.number, self.pauls.pk], "spaces:cancel": [COMMUNE.number, self.offer.pk],
            "spaces:confirm": [COMMUNE.number, self.offer.pk], "spaces:invitation": [self.offer.pk],
            "dossiers:start": [COMMUNE.number, "essai"], "dossiers:home": [COMMUNE.number], "dossiers:list": [COMMUNE.number],
            "dossiers:document": [COMMUNE.number, dossier.ref, self.file.pk], "dossiers:paper": [COMMUNE.number, dossier.ref, "receipt"],
            **{f"dossiers:{each}": [COMMUNE.number, dossier.ref, "base/objet"] for each in ("page", "import", "import_template")},
            "desk:document": [dossier.ref, self.file.pk], "desk:paper": [dossier.ref, "receipt"],
        }  # fmt: skip
        if name in values:
            return reverse(name, args=values[name])
        if room == "dossiers" and screen != "verify":
            return reverse(name, args=[COMMUNE.number, dossier.ref])
        if room == "spaces" and screen in {"people", "invite", "take_role"}:
            return reverse(name, args=[COMMUNE.number])
        return reverse(name, args=[self.sent.ref] if room == "desk" and screen != "inbox" else [])


def browsers(client) -> dict:
    """A browser for each column."""
    return {
        "visitor": client, "hugo": client_of(HUGO), "ines_reads": client_of(INES), "paul_prepares": client_of(PAUL),
        "sophie_sends": client_of(SOPHIE), "philippe_gap": client_of(PHILIPPE), "philippe_by_sms": client_of(PHILIPPE, 400),
        "anne_mayor": client_of(ANNE), "isabelle_agent": client_of(ISABELLE), "olivier_other_team": client_of(OLIVIER),
    }  # fmt: skip


def seen(response) -> str:
    """What an answer is, in the table's words."""
    if response.status_code in {301, 302, 303}:
        return "in" if response["Location"].startswith("/connexion/") else "go"
    return {200: "ok", 202: "ok", 400: "bad", 403: "no", 404: "–", 405: "post"}.get(
        response.status_code, str(response.status_code)
    )


def test_each_person_gets_what_the_table_says(town, client):
    people = browsers(client)
    for person in people.values():
        person.raise_request_exception = False
    expected = {
        (name, column): mark for name, row in TABLE.items() for column, mark in zip(COLUMNS, row.split(), strict=True)
    }

    wrong = {
        f"{name} as {column}": f"{got} instead of {mark}"
        for (name, column), mark in expected.items()
        if (got := seen(people[column].get(town.address(name)))) != mark
    }

    assert wrong == {}


def test_a_form_sent_opens_no_door_that_is_shut_to_its_page(town, client):
    """Whoever may not see a page cannot act through it either: the same answer, or none where there is no form."""
    people, wrong = browsers(client), {}
    for name, row in TABLE.items():
        for column, mark in zip(COLUMNS, row.split(), strict=True):
            if mark in {"in", "no", "–"}:
                got = seen(people[column].post(town.address(name)))
                if got not in {mark, "post"}:
                    wrong[f"{name} as {column}"] = f"{got} instead of {mark}"

    assert wrong == {}


INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def test_every_page_is_strict(town, client):
    """No inline script or style, none allowed, and nothing kept by the browser that somebody sees signed in."""
    people, wrong = browsers(client), {}
    for name, row in TABLE.items():
        for column in (column for column, mark in zip(COLUMNS, row.split(), strict=True) if mark in {"ok", "no", "–"}):
            response = people[column].get(town.address(name))
            policy = response.headers.get("Content-Security-Policy", "")
            strict = "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
            kept = column != "visitor" and "no-store" not in response.headers.get("Cache-Control", "")
            page = response.headers["Content-Type"].startswith("text/html") and not response.streaming
            if not strict or kept or (page and INLINE.search(response.content.decode())):
                wrong[f"{name} as {column}"] = (policy, response.headers.get("Cache-Control"))

    assert wrong == {}


def test_another_spaces_object_is_not_found_under_mine(town):
    """Sophie may send for both enterprises; under the commune's address, the workshop's objects do not exist."""
    sophie, wrong = client_of(SOPHIE), {}
    for name in [
        name
        for name in TABLE
        if name.startswith("dossiers:") and "/dossiers/" in town.address(name) and name != "dossiers:list"
    ]:
        mine = town.draft if name in OF_A_DRAFT else town.sent
        theirs = town.other_draft if name in OF_A_DRAFT else town.other_sent
        response = sophie.get(town.address(name).replace(mine.ref, theirs.ref))
        if response.status_code != 404:
            wrong[name] = response.status_code

    assert wrong == {}


def test_another_spaces_accesses_are_not_found_under_mine(town):
    """Philippe manages both enterprises: under the commune's address, the workshop's titles and offers do not exist."""
    theirs, philippe = Title.objects.get(enterprise=town.elsewhere, kind="gap").pk, client_of(PHILIPPE)
    offer = actions.invite(
        town.elsewhere.pk, by=signed_in(PHILIPPE), kind="role", role="prepare", scope="*", given_names="Inès", family_name="Carlier",
        email=INES.email,
    ).pk  # fmt: skip
    for name, key in {"withdraw": theirs, "leave": theirs, "cancel": offer, "confirm": offer}.items():
        for ask in (philippe.get, philippe.post):
            assert ask(reverse(f"spaces:{name}", args=[COMMUNE.number, key])).status_code == 404, name


def test_another_dossiers_file_is_not_found_under_mine(town):
    theirs = town.add_file(town.other_sent)
    address = reverse("dossiers:document", args=[COMMUNE.number, town.sent.ref, theirs.pk])

    assert client_of(SOPHIE).get(address).status_code == 404
    assert client_of(ISABELLE).get(reverse("desk:document", args=[town.sent.ref, theirs.pk])).status_code == 404


def test_strangers_cannot_tell_a_number_that_exists(town):
    hugo = client_of(HUGO)
    known, unknown = (hugo.get(f"/espaces/{number}/") for number in (COMMUNE.number, "0123499905"))

    assert known.status_code == unknown.status_code == 404
    assert plain(known, COMMUNE.number) == plain(unknown, "0123499905")


def plain(response, number: str) -> str:
    """A page without the number asked for and without the token that changes at each request."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return text.replace(number, "")
