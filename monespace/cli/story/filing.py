"""Filing in the story: a draft begun, filled in with real files, sent, acknowledged, decided."""

import datetime as dt
import io
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from monespace import engine
from monespace.cli.phenomena import flood_day
from monespace.desk import actions as desk
from monespace.desk.models import Team
from monespace.dossiers import actions
from monespace.dossiers.actions.deciding import Verdict
from monespace.dossiers.actions.drafting import change
from monespace.dossiers.models import Dossier
from monespace.identity.models import SignIn
from monespace.procedures.queries import current_version
from monespace.registry.models import Enterprise
from monespace.spaces.queries import space_for

SLUG = "calamite-indemnisation"
PLACE = {"street": "Rue du Moulin", "number": "7", "postcode": "5998", "town": "Valmoulin", "country": "BE"}
IBAN = "BE68539007547034"
REASONS = (
    "L'expert a constaté les dommages sur place. Le phénomène et la commune figurent dans l'arrêté de reconnaissance.",
    "Arrêté du Gouvernement wallon du 21 juillet 2016 relatif à la réparation de certains dommages causés par des calamités "
    "naturelles publiques.",
)
GERMAN_REASONS = (
    "Der Gutachter hat die Schäden vor Ort festgestellt. Das Ereignis und die Gemeinde stehen im Anerkennungserlass.",
    "Erlass der Wallonischen Regierung vom 21. Juli 2016 über die Wiedergutmachung bestimmter Schäden durch öffentliche Naturkatastrophen.",
)


def draft(by: SignIn, key: str = "moi", *, language: str | None = None) -> Dossier:
    """A draft begun in a space."""
    space, _current = space_for(by, key, timezone.now())
    version = current_version(SLUG)
    assert space
    assert version
    return actions.start(space, version, by=by, language=language or by.person.language, start_key=uuid4())


def filled(
    by: SignIn,
    key: str = "moi",
    *,
    goods: list[tuple[str, str]],
    language: str | None = None,
    place: dict | None = None,
) -> Dossier:
    """A draft with every answer, ready to be sent."""
    dossier = draft(by, key, language=language)
    proofs = {what: proofs_of(dossier, what, amount, by=by) for what, amount in goods}
    return change(
        dossier.pk, by, lambda walk, _content: answered(dict(walk.state.answers), by, goods, proofs, place or PLACE)
    )


def say(dossier: Dossier, pages: dict[str, dict], *, by: SignIn) -> None:
    """Saves some pages of a draft."""
    change(dossier.pk, by, lambda walk, _content: saved(dict(walk.state.answers), pages))


def saved(answers: dict, pages: dict[str, dict]) -> dict:
    """The answers with these pages."""
    for address, values in pages.items():
        answers = engine.apply(answers, address, values)
    return answers


def answered(answers: dict, by: SignIn, goods: list[tuple[str, str]], proofs: dict[str, dict], place: dict) -> dict:
    """Every answer of the form, page by page, as the pages themselves would save them."""
    pages: dict[str, dict] = {
        "situation/assurance": {"insurance": "none"},
        "situation/agriculture": {"farming": False},
        "situation/lieu": {"damage_place": place},
        "situation/date": {"damage_date": flood_day(dt.datetime.now(dt.UTC).date()).isoformat()},
        "paiement/compte": {"iban": IBAN},
        "paiement/e-mail": {"contact_email": by.person.email or "contact@courrier.example"},
        "declarations/engagements": {"truthful": "1", "insurer_told": "1"},
    }
    for what, amount in goods:
        answers, row = engine.add_row(answers, "dommages/goods")
        pages[f"dommages/goods/{row}/bien"] = {"description": what, "amount": amount}
        pages[f"dommages/goods/{row}/preuves"] = proofs[what]
    return saved(answers, pages)


def proofs_of(dossier: Dossier, what: str, amount: str, *, by: SignIn) -> dict[str, list[dict]]:
    """A photo, and above 500 € an estimate: real files, stored and scanned as any other."""
    proofs = {"photos": [actions.add_document(dossier, picture(what), by=by)]}
    if Decimal(amount) > 500:
        proofs["estimate"] = [actions.add_document(dossier, picture(f"Devis {what}"), by=by)]
    return proofs


def picture(what: str) -> SimpleUploadedFile:
    """A real PNG with a name on it."""
    image, buffer = Image.new("RGB", (640, 420), "#cfd9d8"), io.BytesIO()
    ImageDraw.Draw(image).text((40, 190), what, fill="#14343b")
    image.save(buffer, "PNG")
    return SimpleUploadedFile(f"{what.lower().replace(' ', '-')[:40]}.png", buffer.getvalue(), "image/png")


def send(dossier: Dossier, *, by: SignIn) -> Dossier:
    """Sends it; the story's answers are complete, so an engine that refuses them stops the loading."""
    return actions.submit(dossier, by=by)[0]


def acknowledge(dossier: Dossier, *, by: SignIn, due_on: date | None) -> Dossier:
    """The team's accusé de réception."""
    return desk.acknowledge(dossier, by=by, due_on=due_on)


def decide(dossier: Dossier, *, by: SignIn, outcome: str, amount: str | None) -> Dossier:
    """The team's decision, in the dossier's language, with the remedies of the team's file."""
    facts, law = GERMAN_REASONS if dossier.language == "de" else REASONS
    team = Team.objects.get(procedures__contains=[dossier.procedure])
    verdict = Verdict(
        outcome, Decimal(amount) if amount else None, facts, law, team.remedies(dossier.language), team.remedy_days
    )
    return desk.decide_dossier(dossier, verdict, by=by)


def number_of(who: dict) -> str:
    """An enterprise number of the cast, as digits."""
    return "".join(filter(str.isdigit, who["number"]))


def enterprise(who: dict) -> Enterprise:
    """An enterprise of the cast, as the register holds it."""
    return Enterprise.objects.get(number=number_of(who))
