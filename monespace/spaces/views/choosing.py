"""«Au nom de qui souhaitez-vous agir ?»: one's own space, those of one's enterprises, and the ways in."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monespace.identity.http import signed_in
from monespace.spaces import actions, queries
from monespace.spaces.models import Invitation
from monespace.spaces.policy import EVERYTHING, Kind, Seat
from monespace.spaces.space import Space
from monespace.spaces.views import see_other
from monespace.spaces.wanted import Wanted, may_begin, wanted
from monespace.spaces.words import KIND_PLURALS, functions_text, role_label, seat_label
from monespace.ui.look import day, words

FILTER_FROM = 11  # a shorter list needs no field to narrow it


@dataclass
class Row:
    """One space in the list, in words."""

    space: Space
    lines: list[str] = field(default_factory=list)
    href: str = ""
    why_not: str = ""
    mendable: bool = False  # by this person, in a moment
    links: list[dict] = field(default_factory=list)


@require_http_methods(["GET", "POST"])
@signed_in()
def choose(request: HttpRequest) -> HttpResponse:
    """The spaces, as rows; with `?demarche=` only those for this procedure can be entered, the others say why not."""
    procedure = procedure_of(request)
    if request.method == "POST":
        return remember(request, procedure)
    at = timezone.now()
    spaces = queries.spaces_of(request.sign_in, at)
    enterprises = [space.enterprise.pk for space in spaces if space.enterprise]
    managers, givers = queries.managers_of(enterprises, at), queries.givers(request.sign_in, at)
    rows = [row_of(space, procedure, managers, givers) for space in spaces]
    words = request.GET.get("q", "")[:100]
    professional = [row for row in rows if row.space.enterprise]
    if procedure and procedure.is_for_enterprises and not any(row.href for row in professional):
        actions.remember_intention(request.user, procedure.slug)  # a first configuration or an invitation comes first
    page = {
        "procedure": procedure,
        "personal": next(row for row in rows if not row.space.enterprise),
        "professional": [row for row in professional if matches(row.space, words)],
        "filter": len(professional) >= FILTER_FROM,
        "words": words,
        "offers": list(queries.invitations_for(request.user, at)[: queries.SHOWN]),
        "waiting": ([] if procedure else intended(request)) + waiting_tasks(request, spaces, at),
        "kept": "garde" in request.GET,
    }
    return render(request, "spaces/choose.html", page)


def procedure_of(request: HttpRequest) -> Wanted | None:
    """The procedure named in the address or the form; raises Http404 when it cannot be filed here."""
    slug = request.POST.get("demarche", request.GET.get("demarche", ""))
    procedure = wanted(slug)
    if slug and procedure is None:
        raise Http404
    return procedure


def remember(request: HttpRequest, procedure: Wanted | None) -> HttpResponse:
    """Keeps the procedure until the person may begin it."""
    if procedure is None:
        raise Http404
    actions.remember_intention(request.user, procedure.slug)
    return see_other("spaces:choose", demarche=procedure.slug, garde=1)


def matches(space: Space, words: str) -> bool:
    """Whether each word typed is in the name, the number or the town."""
    text = queries.folded(f"{space.name} {space.key} {space.number_text} {space.its_enterprise.town}")
    return all(word in text for word in queries.folded(words).split())


def row_of(space: Space, procedure: Wanted | None, managers: dict, givers: dict) -> Row:
    """A space in words: by which seats, since when, until when; for a procedure, the way in or the reason why not."""
    titles = managers.get(space.enterprise.pk, []) if space.enterprise else []
    row = Row(space, [seat_text(seat, space, givers) for seat in space.seats if space.enterprise])
    if space.is_frozen:
        row.lines.append(_("Bankrupt, dissolved or stopped: you can read, and nothing more."))
    if procedure is None:
        row.href = space.home_url
    elif (decision := may_begin(space, procedure)).allowed or decision.because == "level":
        row.href = reverse("dossiers:start", args=[space.key, procedure.slug])
    else:
        row.why_not = why_not(space, procedure, decision, [title.person.full_name for title in titles])
    has_gap = any(title.kind == Kind.GAP for title in titles)
    if row.why_not and decision.because == "role":
        row.mendable = space.can_take_role and not space.is_frozen
        if space.functions and not has_gap:
            row.why_not, row.mendable = _("Its space is not open yet: you open it, once."), True
    row.links = links_of(space, procedure, row, has_gap=has_gap)
    return row


def seat_text(seat: Seat, space: Space, givers: dict) -> str:
    """«Votre rôle : gestionnaire d'accès principal (GAP), depuis le 3 mars 2026, jusqu'au 2 mars 2027, donné par …»."""
    if seat.kind == Kind.REPRESENTATIVE:
        return _("You represent it: %(function)s, since %(day)s, according to the register.") % {
            "function": functions_text(space.functions),
            "day": day(seat.since),
        }
    parts = [_("Your role: %(role)s") % {"role": seat_label(seat.kind, seat.role)}]
    if seat.scope != EVERYTHING:
        parts.append(_("for some procedures only"))
    parts.append(_("since %(day)s") % {"day": day(seat.since)})
    if seat.until:
        parts.append(_("until %(day)s") % {"day": day(seat.until - timedelta(seconds=1))})
    giver = givers.get(seat.title)
    if giver and giver.pk != space.person.pk:
        parts.append(_("given by %(name)s") % {"name": giver.full_name})
    return ", ".join(parts)


def why_not(space: Space, procedure: Wanted, decision, managers: list[str]) -> str:
    """Why a request cannot be begun in this space, and who can help."""
    if decision.because == "audience":
        names = ", ".join(str(KIND_PLURALS[kind]) for kind in KIND_PLURALS if kind in procedure.audience)
        return _("This procedure is meant for: %(names)s.") % {"names": names}
    if decision.because == "frozen":
        return _("Nothing can be begun for an enterprise that is bankrupt, dissolved or stopped.")
    missing = _("You lack the role « %(role)s ».") % {"role": role_label(decision.remedy.removeprefix("role:"))}
    if space.can_take_role or not managers:
        return missing
    return f"{missing} " + _("These people can give it to you: %(names)s.") % {"names": ", ".join(managers)}


def links_of(space: Space, procedure: Wanted | None, row: Row, *, has_gap: bool) -> list[dict]:
    """What else one can do from a row: open the space, take a role, see who has access."""
    if space.enterprise is None:
        return []
    tail = f"?demarche={procedure.slug}" if procedure else ""
    if space.functions and not has_gap:
        href = reverse("spaces:setup_for", args=[space.key]) + tail
        return [{"href": href, "text": _("Open this space"), "hidden": space.name}]
    links = []
    if row.why_not and space.can_take_role and not space.is_frozen:
        href = reverse("spaces:take_role", args=[space.key]) + tail
        links.append({"href": href, "text": _("Take a role"), "hidden": space.name})
    if space.can_manage:
        href, text = reverse("spaces:people", args=[space.key]), _("Manage accesses")
    else:
        href, text = reverse("spaces:person", args=[space.key, space.person.pk]), _("My accesses")
    return [*links, {"href": href, "text": text, "hidden": space.name}]


def intended(request: HttpRequest) -> list[dict]:
    """The form that this person wanted to begin before they could: the way back to it, on any device."""
    procedure = wanted(queries.intention_of(request.user))
    if procedure is None:
        return []
    title = _("Begin the request that you came for")
    return [
        {
            "title": title,
            "href": reverse("dossiers:begin", args=[procedure.slug]),
            "line": words(procedure.title),
            "text": "",
        }
    ]


def waiting_tasks(request: HttpRequest, spaces: list[Space], at) -> list[dict]:
    """What waits for this person: designations to countersign, accepted invitations to confirm."""
    represented: list[UUID] = [space.enterprise.pk for space in spaces if space.enterprise and space.functions]
    managed: list[UUID] = [
        space.enterprise.pk
        for space in spaces
        if space.enterprise and {Kind.GAP, Kind.CO_GAP} & {seat.kind for seat in space.seats}
    ]
    sign = queries.to_sign(request.user, represented, at) if represented else []
    confirm = queries.to_confirm(managed) if managed else []
    return [*map(task_to_sign, sign), *map(task_to_confirm, confirm)]


def task_to_sign(one: Invitation) -> dict:
    """A designation that waits for this person's signature."""
    return {
        "title": _("Sign the designation of %(who)s as main access manager (GAP)") % {"who": one.full_name},
        "href": reverse("spaces:countersign", args=[one.enterprise.number, one.pk]),
        "line": one.enterprise.name,
        "text": _("%(who)s signed on %(day)s and your signature is awaited.")
        % {"who": one.invited_by.full_name, "day": day(one.created_at)},
    }


def task_to_confirm(one: Invitation) -> dict:
    """An invitation that was accepted and waits for this person's word."""
    return {
        "title": _("Confirm the access of %(who)s") % {"who": one.answered_by.full_name if one.answered_by else ""},
        "href": reverse("spaces:confirm", args=[one.enterprise.number, one.pk]),
        "line": one.enterprise.name,
        "text": _("The invitation was accepted on %(day)s.") % {"day": day(one.answered_at)},
    }
