"""Every element of the house on one page, with what a real screen would put there."""

from types import SimpleNamespace

from django import forms
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from monespace.engine.view import Choosing, Field, MatrixRowView, Prefill
from monespace.ui.elements import table
from monespace.ui.forms import Checkboxes, DayField, Radios
from monespace.ui.questions import LINES, error_links

HELPDESK = {"phone": "078 79 01 02", "mail": "aideenligne@wallonie.be"}
PERSON = SimpleNamespace(is_authenticated=True, short_name="Claire Dubois")
STRANGER = SimpleNamespace(is_authenticated=False)
BAKERY = {
    "is_personal": False, "name": "Boulangerie Dubois", "number_text": "0123.456.749", "role_text": "Introduire",
    "home_url": "/espaces/0123456749/",
}  # fmt: skip
SENTENCE = "L'administration examine votre dossier."
PREFILL = Prefill("Registre national", "2026-11-23", locked=True)
DECLARED = Prefill("Registre", declared_by_you=True, contested=True)

TOKEN = mark_safe(f'<input type="hidden" name="csrfmiddlewaretoken" value="{"x" * 64}">')


class Everything(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom", help_text="Comme sur votre carte", max_length=60,
                           widget=forms.TextInput(attrs={"autocomplete": "family-name"}))  # fmt: skip
    email = forms.EmailField(label="Adresse e-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    why = forms.CharField(label="Raison", required=False, widget=forms.Textarea)
    language = forms.ChoiceField(label="Langue", choices=[("fr", "Français"), ("de", "Allemand")])
    way = forms.ChoiceField(label="Moyen", choices=[("eid", "Carte"), ("sms", "SMS")],
                            widget=Radios(hints={"eid": "Avec un lecteur"}))  # fmt: skip
    roles = forms.MultipleChoiceField(label="Rôles", choices=[("read", "Consulter"), ("send", "Introduire")],
                                      widget=Checkboxes(hints={"read": "Lire, sans rien changer"}))  # fmt: skip
    until = DayField(label="Jusqu'au", help_text="Par exemple 23 11 2026")
    agreed = forms.BooleanField(label="Je suis d'accord")
    proof = forms.FileField(label="Document", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def field(kind: str, **known) -> Field:
    """A question as the engine gives it, required unless told."""
    return Field(**{"name": f"q.{kind}", "kind": kind, "label": f"Question {kind}", "required": True, **known})


def option(value: str, label: str, hint: str = "", selected: bool = False) -> Choosing:
    """A choice as the engine gives it."""
    return Choosing(value, label, hint, selected)


def matrix() -> Field:
    """Two rows by two years; one cell does not apply, one holds a choice."""
    yes = [option("yes", "Oui", selected=True), option("no", "Non")]
    cells = [
        [field("money", name="q.matrix.toit.2025"), field("money", name="q.matrix.toit.2026", error="Trop.")],
        [field("boolean", name="q.matrix.cave.2025", options=yes),
         field("money", name="q.matrix.cave.2026", typed={"": ["1250,50"]})],
        [field("money", name="q.matrix.cour.2026")],
    ]  # fmt: skip
    names = [("toit", "Toiture"), ("cave", "Cave"), ("cour", "Cour")]
    rows = [MatrixRowView(i, label, row) for (i, label), row in zip(names, cells, strict=True)]
    return field("matrix", rows=rows, columns=[("2025", "2025"), ("2026", "2026")])


def questions() -> list[Field]:
    """One question of each kind, two of them in error, one locked, one declared."""
    choices = [option("a", "Inondation", "Débordement d'un cours d'eau"), option("b", "Tempête", "", True)]
    countries = [option("BE", "Belgique", selected=True), option("DE", "Allemagne")]
    lines = [field(kind, hint="Un exemple", typed={"": ["12"]}) for kind in LINES]
    lines[0].error, lines[1].warning = "Écrivez quelque chose.", "Ce nombre est grand."
    return [
        *lines,
        field("textarea", maxlength=200, help="Une aide plus longue."),
        field("date", error="Cette date n'existe pas.", typed={"day": ["31"], "month": ["2"], "year": ["2026"]},
              autocomplete="bday"),
        field("month", required=False),
        field("boolean", options=[option("yes", "Oui"), option("no", "Non", selected=True)]),
        field("choice", options=choices),
        field("multiple", options=choices, lang="de"),
        field("address", autocomplete="home", prefill=DECLARED, typed={"postcode": ["4000"]}, options=countries),
        field("country", options=countries),
        field("file", accept=".pdf,.png", max_files=5, max_megabytes=10,
              files=[{"id": "f1", "name": "devis.pdf", "size": 120_000}]),
        matrix(),
        field("computed", text="1 250,00 €", hint="Somme des biens"),
        field("information", text="À savoir."),
        field("declaration", typed={"": ["yes"]}),
        field("text", name="locked", prefill=PREFILL, typed={"": ["Dubois"]}),
    ]  # fmt: skip


def sample() -> dict:
    """Words and lists for the elements."""
    cells = [["Claire Dubois", "Introduire", {"text": "3 mars 2027", "tag": "Bientôt", "tag_kind": "waiting"}, "12"]]
    columns = ["Personne", "Ce qu'elle peut faire", "Jusqu'au", {"text": "Dossiers", "number": True}]
    link = {"text": "Continuer", "href": "#", "hidden": "le dossier 12"}
    card = {"title": "Indemnisation d'une calamité", "href": "#", "line": "MES-2026-000012-K", "text": SENTENCE}
    return {
        "sentence": SENTENCE, "caption": "Suivi", "saved": "Enregistré à 14:02", "search": "Que souhaitez-vous faire ?",
        "hint": "Par exemple : inondation", "act": "Envoyer ma demande",
        "tabs": [{"text": "Suivi", "href": "#", "current": True}, {"text": "Demande", "href": "#"}],
        "facts": [{"name": "Pour qui", "value": "Citoyens"}, {"name": "Coût", "value": None}],
        "timeline": [{"name": "Envoyé", "when": "23 novembre 2026", "state": "done"},
                     {"name": "En examen", "text": "Délai habituel : 3 mois", "state": "now"}, {"name": "Décidé"}],
        "cards": [{**card, "tag": "En cours", "tag_kind": "information", "links": [link]},
                  {**card, "tag": "À compléter", "tag_kind": "error", "kind": "urgent"},
                  {**card, "tag": "Attend", "tag_kind": "waiting"}, {**card, "tag": "Décidé", "tag_kind": "success"},
                  {**card, "tag": "Archivé"}],
        "tasks": [{"name": "Vos données", "href": "#", "status": "Terminé"},
                  {"name": "Les dégâts", "href": "#", "status": "À faire", "kind": "information", "hint": "Photos"},
                  {"name": "Envoyer", "status": "Pas encore possible"}],
        "rows": [{"key": "Nom", "value": "Dubois", "href": "#"}, {"key": "Téléphone", "value": "", "href": "#"},
                 {"key": "Biens", "lines": ["Four", "Pétrin"]}],
        "table": table("Accès", columns, cells * 12, filter=True),
        "items": ["Votre numéro de compte", "Des photos"],
        "steps": [{"name": "Introduire", "text": "En ligne."}, "Attendre la décision"],
        "files": [{"id": "1", "name": "photo.jpg", "href": "#", "size": 1_258_291, "kind": "Image"}],
        "facets": [{"name": "Public", "all_href": "#", "links": [
            {"text": "Citoyen", "href": "#", "count": 12, "current": True}, {"text": "Entreprise", "href": "#"}]}],
    }  # fmt: skip


def page(template: str = "ui/gallery.html", *, language: str = "fr", person=PERSON, space=BAKERY, **more) -> str:
    """A template drawn as a signed-in person sees it, with the values of config.context.everywhere."""
    links = [
        {"code": code, "name": name, "url": f"/?langue={code}", "current": code == language}
        for code, name in (("fr", "Français"), ("de", "Deutsch"))
    ]
    known = {
        "request": SimpleNamespace(user=person, path="/galerie/"), "helpdesk": HELPDESK, "languages": links,
        "space": space, "unread": 2, "help_url": "/aide/", "feedback_url": "/aide/avis/", "csrf_input": TOKEN,
    }  # fmt: skip
    with translation.override(language):
        return render_to_string(template, {**known, **more})


def gallery(language: str = "fr", **more) -> str:
    """The whole gallery, with two questions and a form in error."""
    fields = questions()
    form = Everything({"name": "", "until.day": "31", "until.month": "2", "until.year": "2026"})
    with translation.override(language):
        form.full_clean()
    known = {"sample": sample(), "form": form, "questions": fields, "errors": error_links(fields)}
    return page(language=language, **{**known, **more})
