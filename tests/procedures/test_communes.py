"""One's commune: chosen on the page of a procedure that communes handle, without JavaScript, known or said to be unsure."""

import pytest
from django.test import Client

from monespace.procedures import communes
from monespace.procedures.reading import Refused, read_communes

pytestmark = pytest.mark.django_db
PAGE = "/demarches/composition-menage/"


@pytest.fixture
def visitor(catalogue, settings) -> Client:
    settings.ALLOWED_HOSTS = ["testserver"]
    return Client()


@pytest.fixture
def of_a_folder(tmp_path, settings):
    """Writes communes.yaml in a content folder of its own."""
    settings.CONTENT_DIR = tmp_path
    yield lambda text: (tmp_path / "communes.yaml").write_text(text, encoding="utf-8")
    communes._read.cache_clear()


def test_every_procedure_of_the_communes_lets_one_choose(visitor, content):
    for slug in (slug for slug, it in content.sources.items() if it.listing.next_step.kind == "commune"):
        markup = visitor.get(f"/demarches/{slug}/").content.decode()
        assert ('<option value="namur"' in markup) == (content.sources[slug].listing.status == "open"), slug


def test_the_261_communes_stand_in_the_order_of_their_names(catalogue):
    found = [each.name for each in communes.named("fr")]
    assert len(found) == len({each.key for each in communes.named("fr")}) == 261
    assert found.index("Durbuy") < found.index("Écaussinnes") < found.index("Ellezelles")
    assert "Weismes" in {each.name for each in communes.named("de")}


def test_a_counter_that_is_known_and_one_that_is_only_usual(visitor):
    known = visitor.get(PAGE, {"commune": "brainelalleud"}).content.decode()
    assert 'href="https://e-guichet.braine-lalleud.be/"' in known
    assert "à confirmer.</p>" not in known
    usual = visitor.get(PAGE, {"commune": "namur"}).content.decode()
    assert 'href="https://namur.guichet-citoyen.be/"' in usual
    assert "à confirmer.</p>" in usual


@pytest.mark.parametrize("key", ["", "bruxelles", "namur.example", '"><script>', "x" * 3000])
def test_what_names_no_commune_is_said_beside_the_field(visitor, key):
    answer = visitor.get(PAGE, {"commune": key})
    markup = answer.content.decode()
    assert answer.status_code == 200
    assert "Choisissez une commune dans la liste." in markup
    assert "guichet-citoyen.be" not in markup
    assert "<script>" not in markup


def test_an_administration_says_itself_that_there_is_no_counter(of_a_folder):
    of_a_folder(
        "usual_counter: https://{name}.example/\ncommunes:\n- {fr: Valmoulin, counter: none}\n- {fr: Bois-Gris}\n"
    )
    assert communes.counter_of("valmoulin", "fr") == ("Valmoulin", "", False)
    assert communes.counter_of("boisgris", "fr") == ("Bois-Gris", "https://boisgris.example/", True)


def test_a_broken_list_is_refused_at_publishing_and_leaves_the_pages_in_words(of_a_folder, tmp_path):
    of_a_folder("communes:\n- {fr: Valmoulin, site: x}\n")
    with pytest.raises(Refused, match=r"communes\.yaml"):
        read_communes(tmp_path)
    assert communes.named("fr") == []
