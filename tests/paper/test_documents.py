"""Receipts, letters and guides are tagged, complete, in their language, and made of data only."""

import io
import unicodedata
from datetime import UTC, date, datetime

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monespace.paper import words
from monespace.paper.pdf import PaperError, make_pdf
from tests.paper import samples
from tests.paper.reading import pages_of, text_of

DOCUMENTS = [("receipt", samples.RECEIPT), ("letter", samples.LETTER), ("guide", samples.guide())]
STRANGE = ['#include "/etc/passwd"', "$x^2$", "*gras* _it_ @ref <label>", "\\ ` ~ -- // /* #{panic()}", "= Titre"]


def receipt_saying(value: str, **others) -> dict:
    rows = [{"label": value, "value": value}]
    return samples.RECEIPT | {"sections": [{"title": value, "rows": rows}]} | others


def roles(element, found=None) -> list[str]:
    """The kinds of structure elements, in reading order."""
    found = [] if found is None else found
    if isinstance(element, pikepdf.Array):
        for child in element:
            roles(child, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(str(element.S))
        roles(element.get("/K", pikepdf.Array()), found)
    return found


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
@pytest.mark.parametrize(("template", "data"), DOCUMENTS)
def test_every_document_declares_and_carries_what_readers_of_the_blind_need(template, data, language):
    with pikepdf.open(io.BytesIO(make_pdf(template, data, language=language))) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
        assert str(pdf.Root.Lang) == f"{language}-BE"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert meta["dc:title"]
        kinds = roles(pdf.Root.StructTreeRoot.K)
        assert kinds.count("/H1") == 1
        assert {"/H2", "/P", "/TH", "/TD"} <= set(kinds)


@pytest.mark.parametrize(("template", "data"), DOCUMENTS)
def test_every_font_is_in_the_file(template, data):
    with pikepdf.open(io.BytesIO(make_pdf(template, data, language="fr"))) as pdf:
        described = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        assert described
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in described)


def test_a_receipt_says_who_for_whom_when_and_everything_that_was_sent():
    text = text_of(make_pdf("receipt", samples.RECEIPT, language="fr"))
    for said in (
        "2026-CAL-0004217", "23 novembre 2026 à 14:02", "Claire Dubois", "85.07.30-***.**", "Boulangerie Dubois",
        "0123.456.749", "Introduire", "Carte d’identité électronique (eID)", "Rue du Moulin 14", "Four à sole",
        "11 550,00 €", "De 8 h à 11 h", "devis-four.pdf", "248 ko", "ab12ab12ab12ab12", "078 79 01 02",
        "Je déclare que ces renseignements", "https://monespace.example/verifier/", "5d41402a bc4b2a76",
    ):  # fmt: skip
        assert said in text, said


def test_german_documents_say_their_own_words_in_german():
    text = text_of(make_pdf("receipt", samples.RECEIPT, language="de"))
    assert "Eingangsbestätigung" in text
    assert "23. November 2026 um 14:02 Uhr" in text
    assert "Récépissé" not in text
    assert "Envoyée" not in text


@pytest.mark.parametrize(("language", "said"), [
    ("nl", ["Ontvangstbewijs", "23 november 2026 om 14:02 uur", "Vraag", "Hulp nodig?", "Pagina 1 van"]),
    ("en", ["Receipt", "23 November 2026 at 14:02", "Question", "Need help?", "Page 1 of"]),
])  # fmt: skip
def test_documents_say_their_own_words_in_dutch_and_in_english(language, said):
    text = text_of(make_pdf("receipt", samples.RECEIPT, language=language))
    assert [words for words in said if words not in text] == []
    assert [words for words in ("Récépissé", "Envoyée", "Besoin d", "Frage") if words in text] == []


def test_a_letter_gives_the_decision_its_reasons_and_the_ways_to_contest_it():
    text = text_of(make_pdf("letter", samples.LETTER, language="fr"))
    for said in ("Valmoulin, le 1er novembre 2026", "5 600,00 €", "Les faits", "Les règles appliquées", "60 jours",
                 "Le Conseil d’État", "Isabelle Mathot", "Gestionnaire de dossiers"):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize("length", [1, 3, 39, 41])
def test_a_signature_never_stands_alone_on_a_page(length):
    data = {key: value for key, value in samples.LETTER.items() if key != "verify"}
    remedy = data["remedies"][0] | {"how": "Par une requête. " * 20}
    pages = pages_of(
        make_pdf("letter", data | {"facts": ["Les faits. " * 10] * length, "remedies": [remedy]}, language="fr")
    )

    assert len(pages) > 1
    assert "Par une requête." in pages[-1].replace("\u00a0", " ")
    assert "Isabelle Mathot" in pages[-1].replace("\u00a0", " ")


def test_a_guide_has_contents_links_and_pictures_with_their_sentence():
    with pikepdf.open(io.BytesIO(make_pdf("guide", samples.guide(), language="fr"))) as pdf:
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        links = [str(o.A.URI) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/Link"
                 and "/A" in o]  # fmt: skip
        assert [str(figure.Alt) for figure in figures] == ["La page Gestion des accès, avec le bouton Inviter."]
        assert "https://monespace.example/aide/" in links
        assert {"/TOC", "/TOCI"} <= set(roles(pdf.Root.StructTreeRoot.K))


@pytest.mark.parametrize("strange", STRANGE)
def test_what_people_type_is_never_read_as_markup(strange):
    assert strange in text_of(make_pdf("receipt", receipt_saying(strange), language="fr"))


def test_other_scripts_are_shown_and_characters_without_a_shape_are_named():
    text = text_of(make_pdf("receipt", receipt_saying("Привет שלום 😀 日 \x00\x07\u202e"), language="fr"))
    assert "Привет" in text
    assert "😀" in text
    assert "[U+65E5]" in text
    assert "\u202e" not in text


def test_a_very_long_word_stays_on_the_page():
    pdf = make_pdf("receipt", receipt_saying("é" * 600, number="N" * 60), language="fr")
    assert text_of(pdf).replace(" ", "").count("é") > 1200


@pytest.mark.parametrize("columns", [1, 4])
def test_addresses_and_numbers_are_copied_whole_and_long_words_are_hyphenated(columns):
    address, site = (
        "claire.dubois-vanderstraeten@boulangerie-dubois.example",
        "https://monespace.example/verifier/une-page/",
    )
    said = [address, "BE68539007547034", "Verwaltungsstreitsachenabteilung", site]
    table = {"columns": ["A", "B", "C", "D"], "rows": [said]}
    rows = [{"label": one, "value": one} for one in said] if columns == 1 else [{"label": "T", "table": table}]
    text = text_of(make_pdf("receipt", samples.RECEIPT | {"sections": [{"title": "S", "rows": rows}]}, language="de"))

    assert "\u200b" not in text
    for one in said:
        assert one in text.replace(" ", "")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_prevents_a_document(text):
    assert make_pdf("receipt", receipt_saying(text), language="de").startswith(b"%PDF-")


def test_the_same_data_give_the_same_bytes():
    assert make_pdf("guide", samples.guide(), language="fr") == make_pdf("guide", samples.guide(), language="fr")


@pytest.mark.parametrize(
    ("template", "data", "language"),
    [("invoice", {}, "fr"), ("receipt", {}, "fr"), ("receipt", samples.RECEIPT, "it"), ("letter", {"date": "x"}, "de")],
)
def test_wrong_orders_are_refused_with_a_reason(template, data, language):
    with pytest.raises(PaperError):
        make_pdf(template, data, language=language)


def test_an_unreadable_picture_is_refused():
    guide = samples.guide() | {"blocks": [{"kind": "picture", "picture": {"content": b"no", "alt": "Rien"}}]}
    with pytest.raises(PaperError):
        make_pdf("guide", guide, language="fr")


def test_dates_sizes_and_hashes_in_words():
    assert words.day_in_words(date(2026, 3, 1), "fr") == "1er mars 2026"
    assert words.instant_in_words(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "fr") == "2 juillet 2026 à 00:30"
    assert words.size_in_words(2_413_000, "de") == "2,4\u00a0MB"
    assert words.size_in_words(12, "fr") == "1\u00a0ko"
    assert words.grouped("0123456789abcdef") == "01234567 89abcdef"
    with pytest.raises(ValueError):
        words.instant_in_words(datetime(2026, 7, 1), "fr")


@given(st.text(max_size=80))
def test_paper_text_keeps_letters_and_drops_what_is_invisible(text):
    made = words.paper_text(text)
    assert not any(unicodedata.category(char) in words.UNSEEN - {"Cf"} for char in made.replace("\n", ""))
    assert words.paper_text("Éléonore Würth") == "Éléonore Würth"
