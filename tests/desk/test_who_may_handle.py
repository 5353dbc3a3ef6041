"""Who finds the desk, who handles which dossier, and what each of the others is told."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from monespace.desk import actions, queries
from monespace.desk.models import Conflict, Membership, Team
from monespace.desk.policy import may_handle, procedures_of, seat
from monespace.dossiers.actions import Refused
from monespace.dossiers.models import Decision, Event, Participant
from monespace.journal.models import Entry
from monespace.registry.models import LegalFunction
from monespace.spaces.models import Title
from tests.desk import scene

PAGES = [
    "",
    "{ref}/",
    "{ref}/accuse/",
    "{ref}/decider/",
    "{ref}/conflit/",
    "{ref}/numeros/",
    "{ref}/courriers/receipt/",
]


def address(page: str, dossier) -> str:
    return "/guichet/" + page.format(ref=dossier.ref)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_no_agent_finds_nothing_whoever_he_is(team, page, method):
    dossier = scene.dossier()
    scene.enterprise()
    for who in (scene.applicant(), scene.person(scene.HUGO, "Hugo", "Martin")):
        answer = getattr(scene.client(who), method)(address(page, dossier))
        nowhere = getattr(scene.client(who), method)(address(page, dossier).replace(dossier.ref, "22222222"))

        assert answer.status_code == nowhere.status_code == 404
        assert dossier.number not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_visitors_sign_in_first_and_come_back(team, page):
    dossier = scene.dossier()

    answer = scene.client(None).get(address(page, dossier))

    assert answer.status_code == 303
    assert answer["Location"].startswith("/connexion/?suite=%2Fguichet%2F")


@pytest.mark.parametrize("page", PAGES)
def test_a_weak_sign_in_steps_up(isabelle, page):
    answer = scene.client(isabelle, level=400).get(address(page, scene.dossier()))

    assert (answer.status_code, "niveau=450" in answer["Location"]) == (303, True)


@pytest.mark.parametrize("page", PAGES[1:])
def test_another_teams_procedure_does_not_exist(isabelle, page):
    other = scene.dossier(slug="prime-velo")

    assert scene.client(isabelle).get(address(page, other)).status_code == 404


def test_drafts_are_nobodys_business(isabelle):
    draft = scene.dossier()
    type(draft).objects.filter(pk=draft.pk).update(state="draft", number=None)

    assert scene.client(isabelle).get(f"/guichet/{draft.ref}/").status_code == 404
    assert draft.ref not in scene.client(isabelle).get("/guichet/").content.decode()


def filed_it(who, dossier):
    type(dossier).objects.filter(pk=dossier.pk).update(submitted_by=who)


def drafted_it(who, dossier):
    Event.objects.create(dossier=dossier, code="started", at=timezone.now(), by=who)


def joined_a_document(who, dossier):
    document = scene.document(dossier, "photo.pdf", "clean")
    type(document).objects.filter(pk=document.pk).update(added_by=who)


def agreed_to_it(who, dossier):
    Participant.objects.create(
        dossier=dossier, place="owners/r1", name="Isabelle", national_number_hash=who.national_number_hash, asked_by=who,
        asked_at=timezone.now(), answer="confirmed", answered_by=who,
    )  # fmt: skip


def helped_with_it(who, dossier):
    Participant.objects.create(
        dossier=dossier, name="Isabelle", national_number_hash=who.national_number_hash, may_fill=True, asked_by=who,
        asked_at=timezone.now(), ended_at=timezone.now(),
    )  # fmt: skip


def has_a_role(who, dossier):
    Title.objects.create(
        enterprise=dossier.holder_enterprise, person=who, kind="role", role="read", given_as="gap", level=500,
        span=DateTimeTZRange(timezone.now() - timedelta(days=1), None),
    )  # fmt: skip


def directs_it(who, dossier):
    LegalFunction.objects.create(
        enterprise=dossier.holder_enterprise, code="ADMIN", person_hash=who.national_number_hash,
        since=timezone.localdate() - timedelta(days=9), seen_at=timezone.now(),
    )  # fmt: skip


def said_so(who, dossier):
    actions.declare_conflict(dossier, by=scene.sign_in(who), reason="family")


TIES = [filed_it, drafted_it, joined_a_document, agreed_to_it, helped_with_it, has_a_role, directs_it, said_so]


@pytest.mark.parametrize("tie", TIES)
def test_nobody_handles_what_is_his(isabelle, tie):
    dossier = scene.dossier(holder=scene.enterprise(), state="acknowledged")
    tie(isabelle, dossier)
    browser, verdict = scene.client(isabelle), actions.Verdict("granted", None, "f", "l", "r", 60)

    for page in PAGES[1:]:
        answer = browser.get(address(page, dossier))
        assert answer.status_code == 403
        assert "Vous ne pouvez pas traiter cette demande" in answer.content.decode()
        assert dossier.number not in answer.content.decode()
        assert "Lambiotte" not in answer.content.decode()
    assert dossier.number not in browser.get("/guichet/").content.decode()
    with pytest.raises(Refused):
        actions.decide_dossier(dossier, verdict, by=scene.sign_in(isabelle))
    assert not Decision.objects.exists()


def test_a_colleague_still_handles_it(isabelle):
    olivier = scene.agent(scene.OLIVIER, "Olivier", "Servais")
    dossier = scene.dossier()

    answer = scene.client(olivier).post(f"/guichet/{dossier.ref}/conflit/", {"reason": "family"})

    assert (answer.status_code, answer["Location"]) == (303, "/guichet/")
    assert Conflict.objects.get().reason == "family"
    assert Entry.objects.filter(act="dossier.conflict_declared", on_id=str(dossier.pk)).exists()
    assert scene.client(olivier).get(f"/guichet/{dossier.ref}/").status_code == 403
    assert scene.client(isabelle).get(f"/guichet/{dossier.ref}/").status_code == 200


def test_a_place_that_ended_opens_nothing(isabelle):
    dossier, browser = scene.dossier(), scene.client(isabelle)
    actions.close_member(Membership.objects.get().pk)

    assert browser.get(f"/guichet/{dossier.ref}/").status_code == 404
    with pytest.raises(Refused):
        actions.acknowledge(dossier, by=scene.sign_in(isabelle), due_on=None)


def test_a_weak_sign_in_cannot_act_even_past_the_pages(isabelle):
    with pytest.raises(Refused) as refused:
        actions.acknowledge(scene.dossier(), by=scene.sign_in(isabelle, 400), due_on=None)
    assert refused.value.because == "level"


def test_an_agent_reads_no_space(isabelle):
    """A seat at the desk is no seat in the applicant's space."""
    dossier = scene.dossier()

    assert scene.client(isabelle).get(f"/espaces/moi/dossiers/{dossier.ref}/").status_code == 404


def test_the_table_of_seats():
    at = timezone.now()
    held = seat("calamites", "a", at - timedelta(1), None, 450)
    past = seat("calamites", "b", at - timedelta(2), at - timedelta(1), 450)
    key = "00000000-0000-0000-0000-000000000000"

    assert procedures_of([held, past]) == ["a", "b"]
    assert may_handle([held, past], "a", key, "", at=at).title == "calamites"
    assert may_handle([held, past], "b", key, "", at=at).because == "scope"
    assert may_handle([past], "b", key, "", at=at).because == "ended"
    assert may_handle([held], "a", key, "own", at=at).because == "excluded"
    assert may_handle([held._replace(level=400)], "a", key, "", at=at).remedy == "level:450"


def test_a_team_that_left_the_file_handles_nothing(isabelle, tmp_path):
    (tmp_path / "teams.yaml").write_text("[]", encoding="utf-8")

    gone = sorted(Team.objects.values_list("slug", flat=True))

    assert actions.load_teams(tmp_path / "teams.yaml") == (0, gone)
    assert not Team.objects.exclude(procedures=[]).exists()
    assert queries.seats_of(scene.sign_in(isabelle), timezone.now()) == ()


def test_every_act_decides_again_whatever_its_page_has_decided(isabelle):
    """A seat may end between the page and the act."""
    dossier, stranger = scene.dossier(), scene.sign_in(scene.person(scene.HUGO, "Hugo", "Martin"))
    document = scene.document(dossier, "photo.pdf", "clean")
    verdict = actions.Verdict("refused", None, "Les faits.", "La règle.", "Par requête.", 60)
    for act in (
        lambda: actions.acknowledge(dossier, by=stranger, due_on=None),
        lambda: actions.decide_dossier(dossier, verdict, by=stranger),
        lambda: actions.declare_conflict(dossier, by=stranger, reason="close"),
        lambda: actions.show_numbers(dossier, by=stranger, reason="identity"),
        lambda: actions.journal_document(document, by=stranger),
    ):
        with pytest.raises(Refused, match="stranger"):
            act()

    assert not Entry.objects.filter(on_id=str(dossier.pk)).exists()
