"""The data of a dossier's papers, from its frozen copy and in its own language: receipt, acknowledgement, decision."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace.dossiers.models import Decision, Dossier, Event, Paper
from monespace.dossiers.words import METHOD_LABELS, OUTCOME_LABELS, paragraphs
from monespace.paper.shapes import Letter, Party, Receipt, Row, Section, Sender
from monespace.registry.models import Enterprise
from monespace.spaces.words import seat_label
from monespace.ui.look import amount, day


def data_of(dossier: Dossier, paper: Paper) -> tuple[str, dict]:
    """The template of a paper and its data (monespace.paper.shapes), in the dossier's language."""
    with override(dossier.language):
        if paper.kind == Paper.Kind.RECEIPT:
            return "receipt", dict(receipt(dossier))
        if paper.kind == Paper.Kind.ACKNOWLEDGEMENT:
            return "letter", dict(acknowledgement(dossier))
        return "letter", dict(decision(dossier))


def reason_of(paper: Paper) -> str:
    """Why it is sealed: stands in the signature."""
    return {"receipt": "Récépissé", "acknowledgement": "Accusé de réception", "decision": "Décision"}[paper.kind]


def frozen_of(dossier: Dossier) -> dict:
    """The frozen copy of what was sent: papers are only ever made of a dossier that has one."""
    return dossier.content.frozen or {}


def party(holder: dict) -> Party:
    """The holder, with the number when there is one."""
    return {"name": holder["name"], "number": holder["number"]} if holder["number"] else {"name": holder["name"]}


def addressee(dossier: Dossier) -> Party:
    """The holder as a letter is addressed: an enterprise at the address of the register; of a citizen we know none."""
    known, enterprise = party(frozen_of(dossier)["for"]), dossier.holder_enterprise
    return {**known, "address": address_of(enterprise)} if enterprise and enterprise.town else known


def address_of(enterprise: Enterprise) -> list[str]:
    """Street and town of an enterprise, each on its line."""
    box = _("box %(box)s") % {"box": enterprise.box} if enterprise.box else ""
    street = " ".join(filter(None, [enterprise.street, enterprise.house_number, box]))
    return [line for line in (street, f"{enterprise.postcode} {enterprise.town}".strip()) if line]


def receipt(dossier: Dossier) -> Receipt:
    """What was sent, by whom, for whom, in which role, when; and how to check it."""
    frozen = frozen_of(dossier)
    filed, holder = frozen["filed_by"], frozen["for"]
    return {
        "number": dossier.number or "",
        "sent_at": datetime.fromisoformat(frozen["sent_at"]),
        "procedure": frozen["procedure"],
        "filed_by": {"name": filed["name"]},
        "for_whom": party(holder),
        "role": role_in_words(filed["role"]),
        "method": str(METHOD_LABELS[filed["method"]]),
        "sections": [said for part in frozen["summary"]["sections"] if (said := section(part))["rows"]],
        "documents": [
            {"name": one["name"], "size": one["size"], "sha256": one["sha256"]} for one in frozen["documents"]
        ],
        "declarations": declarations(frozen),
        "next_steps": [
            _("The administration acknowledges receipt, then examines your request."),
            _("You are told by e-mail, if you gave an address, and in your notifications."),
            _("Follow your request at any time in Mon Espace."),
        ],
        "verify": {"address": verify_address(), "hash": dossier.content.digest},
        "helpdesk": {"phone": settings.HELPDESK_PHONE, "mail": settings.HELPDESK_MAIL},
    }


def verify_address() -> str:
    """Where anyone checks a receipt, whole: it is typed from paper."""
    return settings.SITE_URL + reverse("dossiers:verify")


def role_in_words(role: str) -> str:
    """The role in which it was filed; oneself has none."""
    return _("In your own name") if role == "self" else seat_label(role, role)


def section(part: dict) -> Section:
    """One section of the frozen copy without its declarations; the pages of a group's row stand together under its name."""
    rows: list[Row] = []
    for block in part["blocks"]:
        lines = [row(line) for line in block["lines"] if line["kind"] != "declaration"]
        if not block["item"]:
            rows += lines
        elif rows and "rows" in rows[-1] and rows[-1]["label"] == block["item"]:
            rows[-1]["rows"] += lines
        elif lines:
            rows.append({"label": block["item"], "rows": lines})
    return {"title": part["title"], "rows": rows}


def row(line: dict) -> Row:
    """One answer: a value, a table, or names of files."""
    label = line["label"]
    if line["declared_by_you"]:
        label += " (" + _("declared by you") + ")"
    if "table" in line:
        return {"label": label, "table": {"columns": ["", *line["table"]["head"]], "rows": line["table"]["rows"]}}
    return {"label": label, "value": "\n".join(line["values"]) or _("Not provided")}


def declarations(frozen: dict) -> list[str]:
    """The wording of each declaration that was made."""
    return [
        line["text"] or line["label"]
        for part in frozen["summary"]["sections"]
        for block in part["blocks"]
        for line in block["lines"]
        if line["kind"] == "declaration" and line["values"]
    ]


def sender(team: dict) -> Sender:
    """Who writes; telephone and mail when the team has them."""
    found: Sender = {"name": team["authority"], "team": team["name"], "address": team["address"]}
    if team.get("phone"):
        found["phone"] = team["phone"]
    if team.get("mail"):
        found["mail"] = team["mail"]
    return found


def letter(dossier: Dossier, team: dict, *, subject: str, at: datetime, signatory: str) -> Letter:
    """What every letter of the administration carries. `team`: name, address (lines), phone, mail in the dossier's language."""
    return {
        "sender": sender(team),
        "recipient": addressee(dossier),
        "reference": dossier.number or "", "date": timezone.localdate(at), "subject": subject,
        "signatory": {"name": signatory, "function": team["name"]},
    }  # fmt: skip


def acknowledgement(dossier: Dossier) -> Letter:
    """The accusé de réception."""
    event = Event.objects.filter(dossier=dossier, code="acknowledged").latest("id")
    team = event.detail["team"]
    data = letter(dossier, team, subject=_("Acknowledgement of receipt: %(title)s") % {"title": frozen_of(dossier)["procedure"]},
                  at=event.at, signatory=event.detail["signatory"])  # fmt: skip
    data["body"] = [
        _("We received your request on %(day)s and now examine it.") % {"day": day(dossier.submitted_at)},
        *(
            [
                _("We mean to decide by %(day)s. This is our usual delay, not a legal limit.")
                % {"day": day(dossier.due_on)}
            ]
            if dossier.due_on
            else []
        ),
    ]
    data["next_steps"] = [_("You have nothing to do now. If something is missing, the administration writes to you.")]
    return data


def decision(dossier: Dossier) -> Letter:
    """The decision with its reasons in fact and in law and the remedies (laws of 29 July 1991 and 11 April 1994)."""
    decided = Decision.objects.get(pk=dossier.pk)
    data = letter(dossier, decided.team, subject=_("Decision: %(title)s") % {"title": frozen_of(dossier)["procedure"]},
                  at=decided.decided_at, signatory=decided.signatory)  # fmt: skip
    data["facts"], data["law"] = paragraphs(decided.facts), paragraphs(decided.law)
    data["decision"] = [str(OUTCOME_LABELS[decided.outcome])]
    if decided.amount is not None:
        data["amount"] = amount(decided.amount)
    data["remedies"] = [
        {"authority": decided.team["remedy_authority"], "how": decided.remedies,
         "time_limit": _("%(days)d days from the day you receive this letter") % {"days": decided.remedy_days}}
    ]  # fmt: skip
    return data
