"""Who may open what: written by hand, tried at every address of a dossier, and from another space."""

import pytest

from monespace.dossiers import actions
from monespace.dossiers.models import Document, Paper
from tests.dossiers import house

GET = ["", "demande", "documents", "documents/{document}", "courriers/receipt", "recepisse", "retirer", "supprimer", "remplir",
       "remplir/base/objet", "remplir/verifier"]  # fmt: skip
# What each answers for a sent dossier: 200 shown, 302 led on, 403 told why, 404 does not exist, 202 being made.
READS = dict.fromkeys(["", "demande", "documents", "documents/{document}", "recepisse"], 200) | {
    "courriers/receipt": 202
}
FILLS = dict.fromkeys(["supprimer", "remplir", "remplir/base/objet", "remplir/verifier"])
EXPECTED = {
    "stranger": dict.fromkeys(GET, 404),
    "gap": dict.fromkeys(GET, 403),
    "sign": READS | {"retirer": 403} | dict.fromkeys(FILLS, 403),
    "read": READS | {"retirer": 403} | dict.fromkeys(FILLS, 403),
    "prepare": READS | {"retirer": 403} | dict.fromkeys(FILLS, 302),
    "submit": READS | {"retirer": 200} | dict.fromkeys(FILLS, 302),
}


@pytest.fixture
def dossier(small, bakery, paul):
    browser = house.browser(paul)
    draft = house.begin(browser, bakery.number)
    house.fill(browser, draft, {**house.ANSWERS, "pieces/photos": {"photos": house.pdf()}}, space=bakery.number)
    house.send(browser, draft, bakery.number)
    Document.objects.update(check_state="clean")
    draft.refresh_from_db()
    return draft


def addresses(dossier, space: str) -> dict[str, str]:
    """Each kind of page of a dossier, under a space."""
    document = Document.objects.get().pk
    return {page: house.at(dossier, *filter(None, [page.format(document=document)]), space=space) for page in GET}


@pytest.mark.parametrize("who", EXPECTED)
def test_every_page_answers_as_the_table_says(dossier, bakery, who):
    person = house.sign_in("Jan", "Peeters", "80010100126", level=500)
    if who != "stranger":
        house.give(bakery, person, **({"kind": "gap"} if who == "gap" else {"role": who}))
    browser = house.browser(person)

    assert {page: browser.get(at).status_code for page, at in addresses(dossier, bakery.number).items()} == EXPECTED[
        who
    ]


def test_a_refusal_tells_nothing_of_the_dossier(dossier, bakery):
    manager = house.sign_in("Gilles", "Petit", "70010100117", level=500)
    house.give(bakery, manager, kind="gap")
    for at in addresses(dossier, bakery.number).values():
        page = house.text(house.browser(manager).get(at))
        assert "Consulter" in page or "Préparer" in page or "Introduire" in page
        for secret in ("essai", "abri", "Lambert", dossier.number):
            assert secret not in page


def test_a_dossier_does_not_exist_under_another_space(dossier, bakery, paul):
    other = house.enterprise("0207370367", "Autre boulangerie")
    house.give(other, paul, role="submit")
    browser = house.browser(paul)

    for space in ("moi", other.number, "0123456749"):
        for at in addresses(dossier, space).values():
            assert browser.get(at).status_code == 404
            assert browser.post(at).status_code in {404, 405}


def test_visitors_sign_in_first(dossier, bakery):
    for at in addresses(dossier, bakery.number).values():
        assert house.browser().get(at).headers["Location"].startswith("/connexion/?suite=")


def test_an_old_number_of_an_enterprise_leads_to_the_new_one(dossier, bakery, paul):
    from monespace.registry.models import FormerNumber

    FormerNumber.objects.create(number="0403170701", enterprise=bakery, until="2026-01-01")
    answer = house.browser(paul).get(house.at(dossier, space="0403170701"))

    assert answer.headers["Location"] == house.at(dossier, space=bakery.number)


def test_pages_ask_few_queries_whatever_a_dossier_holds(small, claire, django_assert_max_num_queries):
    browser = house.browser(claire)
    dossier = house.sent(browser)
    Document.objects.bulk_create(
        [
            Document(dossier=dossier, name=f"{n}.pdf", size=1, type="application/pdf", added_by=claire.person)
            for n in range(50)
        ]
    )
    for page in ("", "demande", "documents", "recepisse"):
        with django_assert_max_num_queries(12):
            browser.get(house.at(dossier, *filter(None, [page])))
    assert Paper.objects.count() == 1


def test_every_act_decides_again_whatever_its_page_has_decided(small, claire):
    """A role may end between the page and the act: the act itself refuses, and nothing is changed."""
    stranger, draft = house.sign_in("Hugo", "Martin", "90020200142"), house.begin(house.browser(claire))
    sent = house.sent(house.browser(claire))
    acts = [
        lambda: actions.save_page(draft, "base/objet", {"purpose": ["Un abri"]}, by=stranger, language="fr"),
        lambda: actions.add_document(draft, house.pdf("plan.pdf"), by=stranger),
        lambda: actions.submit(draft, by=stranger),
        lambda: actions.delete_draft(draft, by=stranger),
        lambda: actions.withdraw(sent, by=stranger),
    ]
    for act in acts:
        with pytest.raises(actions.Refused, match="stranger"):
            act()

    assert not Document.objects.exists()
    assert house.journal(draft) == ["dossier.started"]
    assert house.journal(sent) == ["dossier.started", "dossier.submitted"]
