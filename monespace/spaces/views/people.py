"""«Gestion des accès»: who can do what, each person's accesses, withdrawing, leaving, taking a role."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from monespace.identity.models import Person
from monespace.procedures.queries import titles as procedure_titles
from monespace.spaces import actions, queries
from monespace.spaces.http import in_space, refusal
from monespace.spaces.models import Invitation, Title, TitleKind
from monespace.spaces.policy import EVERYTHING, Action, Kind
from monespace.spaces.space import Space
from monespace.spaces.words import CLOSED_BECAUSE, GIVEN_AS, role_text, seat_label
from monespace.ui.elements import table
from monespace.ui.look import day, words

SIZE = 50
SOON_DAYS = 30


@require_GET
@in_space(Action.SEE_ACCESS)
def people(request: HttpRequest, space: Space) -> HttpResponse:
    """The titles held now, a page at a time; on top, the facts that matter."""
    soon = space.at + timedelta(days=SOON_DAYS)
    words, ending = request.GET.get("q", "")[:100], "fin" in request.GET
    found = queries.people_of(
        space.its_enterprise,
        space.at,
        after=key_from(request.GET.get("apres", "")),
        size=SIZE,
        words=words,
        ends_before=soon if ending else None,
    )
    shown, more = found[:SIZE], len(found) > SIZE
    following = {"apres": str(shown[-1].pk) if more else "", "q": words, "fin": "1" if ending else ""}
    page = {
        "table": people_table(space, shown),
        "count": len(shown),
        "words": words,
        "ending": ending,
        "next": f"?{urlencode({name: value for name, value in following.items() if value})}" if more else "",
        "facts": facts(space, soon),
        "invitations": offers(space),
        "gives": any(seat.kind in {Kind.GAP, Kind.CO_GAP} for seat in space.seats if seat.holds_at(space.at)),
        "done": request.GET.get("fait", ""),
    }
    return render(request, "spaces/people.html", page)


def key_from(text: str) -> UUID | None:
    """The id of the last title of the page before, or None for anything that is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None


def facts(space: Space, soon) -> list[dict]:
    """What a manager must know: nobody or a single one manages, accesses that end this month."""
    managers = queries.managers(space.its_enterprise, space.at)
    ending = queries.ends_soon(space.its_enterprise, space.at, soon)
    found = []
    if not managers:
        found.append(
            {
                "text": _(
                    "Nobody manages the accesses of this enterprise. A legal representative names a main access manager (GAP)."
                )
            }
        )
    elif len(managers) == 1:
        found.append(
            {
                "text": _(
                    "Only one person manages the accesses: add a co-manager (co-GAP), so that somebody is there in their absence."
                )
            }
        )
    if ending:
        text = ngettext("%(n)d access ends within 30 days.", "%(n)d accesses end within 30 days.", ending) % {
            "n": ending
        }
        found.append({"text": text, "href": "?fin=1", "link": _("See them")})
    return found


def people_table(space: Space, titles: list[Title]) -> dict:
    """The titles as rows of ui/table.html."""
    names = scope_names(titles)
    columns: list[str | dict] = [
        _("Person"),
        pgettext("what a person may do", "May"),
        _("For"),
        _("Until"),
        _("Given by"),
        {"text": _("Actions"), "hidden": True},
    ]
    rows = [
        [
            {"text": title.person.full_name, "href": reverse("spaces:person", args=[space.key, title.person_id])},
            seat_label(title.kind, title.role),
            names[title.scope],
            last_day(title) or _("no end"),
            giver_of(title),
            {"text": "", "links": title_links(space, title)},
        ]
        for title in titles
    ]
    return table(_("People who may act for %(name)s") % {"name": space.name}, columns, rows, id="people")


def scope_names(titles) -> dict[str, str]:
    """Scopes in words; one query for the titles of procedures."""
    scopes = {title.scope for title in titles}
    slugs = [scope.removeprefix("procedure:") for scope in scopes if scope.startswith("procedure:")]
    known = procedure_titles(slugs) if slugs else {}
    return {scope: scope_name(scope, known) for scope in scopes}


def scope_name(scope: str, known: dict[str, dict[str, str]]) -> str:
    """One scope in words."""
    if scope == EVERYTHING:
        return _("all procedures")
    kind, _colon, name = scope.partition(":")
    return words(known.get(name, {})) or name if kind == "procedure" else _("one request")


def last_day(title: Title) -> str:
    """The last day of a title, or nothing."""
    return day(title.span.upper - timedelta(seconds=1)) if title.span.upper else ""


def giver_of(title: Title) -> str:
    """Who gave a title, and by which power."""
    if title.given_by_id == title.person_id:
        return _("taken by the person, as %(power)s") % {"power": GIVEN_AS.get(title.given_as, title.given_as)}
    return f"{title.given_by.full_name}, {GIVEN_AS.get(title.given_as, title.given_as)}" if title.given_by else ""


def title_links(space: Space, title: Title) -> list[dict]:
    """What the person can do with a title: give back one's own, withdraw another's."""
    hidden = _("%(role)s of %(who)s") % {"role": seat_label(title.kind, title.role), "who": title.person.full_name}
    if title.person_id == space.person.pk:
        href = reverse("spaces:leave", args=[space.key, title.pk])
        return [{"href": href, "text": _("Give back"), "hidden": hidden}]
    decision = space.decide(actions.NEEDS[TitleKind(title.kind)])
    if decision.allowed or decision.because == "level":
        href = reverse("spaces:withdraw", args=[space.key, title.pk])
        return [{"href": href, "text": _("Withdraw"), "hidden": hidden}]
    return []


def offers(space: Space) -> list[dict]:
    """The invitations that wait."""
    return [offer(space, one) for one in queries.waiting_invitations(space.its_enterprise)[: queries.SHOWN]]


def offer(space: Space, invitation: Invitation) -> dict:
    """An invitation that waits, in words, with what can be done."""
    states = {
        Invitation.State.TO_SIGN: _("Waits for a second signature"),
        Invitation.State.SENT: _("Waits for an answer"),
        Invitation.State.TO_CONFIRM: _("To confirm"),
    }
    expired = invitation.expires_at <= space.at and invitation.state != Invitation.State.TO_CONFIRM
    return {
        "name": invitation.full_name,
        "what": seat_label(invitation.kind, invitation.role),
        "state": _("Expired") if expired else states[Invitation.State(invitation.state)],
        "kind": "" if expired else "information" if invitation.state == Invitation.State.TO_CONFIRM else "waiting",
        "line": _("Sent by %(who)s on %(day)s, valid until %(end)s.")
        % {
            "who": invitation.invited_by.full_name,
            "day": day(invitation.created_at),
            "end": day(invitation.expires_at),
        },
        "links": [{**link, "hidden": invitation.full_name} for link in offer_links(space, invitation)],
    }


def offer_links(space: Space, invitation: Invitation) -> list[dict]:
    """What can be done with an invitation by whoever looks, if need be after a stronger proof."""
    decision, args = space.decide(actions.NEEDS[TitleKind(invitation.kind)]), [space.key, invitation.pk]
    if not (decision.allowed or decision.because == "level"):
        return []
    links = [{"href": reverse("spaces:cancel", args=args), "text": _("Cancel or remind")}]
    if invitation.state == Invitation.State.TO_CONFIRM:
        links.insert(0, {"href": reverse("spaces:confirm", args=args), "text": _("See who accepted")})
    return links


@require_GET
@in_space()
def person(request: HttpRequest, space: Space, person: UUID) -> HttpResponse:
    """One person's titles, past and present. Everyone may see their own."""
    if person != request.user.pk and not (decision := space.decide(Action.SEE_ACCESS)).allowed:
        return refusal(request, space, decision)
    if space.enterprise is None:
        raise Http404
    found = Person.objects.filter(pk=person).first()
    titles = queries.titles_of(found, space.enterprise) if found else []
    if not titles and person != request.user.pk:
        raise Http404
    names = scope_names(titles)
    running = [title for title in titles if title.span.upper is None or title.span.upper > space.at]
    past = [title for title in titles if title not in running]
    page = {
        "who": found,
        "mine": person == request.user.pk,
        "running": [title_card(space, title, names) for title in running],
        "past": past_table(past, names) if past else None,
        "functions": space.functions if person == request.user.pk else (),
    }
    return render(request, "spaces/person.html", page)


def title_card(space: Space, title: Title, names: dict[str, str]) -> dict:
    """A running title as a card."""
    until = last_day(title)
    return {
        "title": seat_label(title.kind, title.role),
        "line": names[title.scope],
        "text": role_text(title.role or title.kind),
        "texts": [
            _("Since %(day)s, %(end)s.")
            % {"day": day(title.span.lower), "end": _("until %(day)s") % {"day": until} if until else _("without end")},
            _("Given by: %(who)s.") % {"who": giver_of(title)},
        ],
        "links": title_links(space, title),
    }


def past_table(titles: list[Title], names: dict[str, str]) -> dict:
    """Titles that ended, as rows."""
    rows = [
        [
            seat_label(title.kind, title.role),
            names[title.scope],
            day(title.span.lower),
            last_day(title),
            CLOSED_BECAUSE.get(title.closed_because, title.closed_because) or _("its end was reached"),
        ]
        for title in titles
    ]
    return table(_("Past accesses"), [_("Access"), _("For"), _("From"), _("Until"), _("Why it ended")], rows, id="past")
