"""The space of a request: the address's converter, and the decorator through which every page of a space is fetched."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import register_converter
from django.utils import timezone

from monespace.identity.http import to_sign_in
from monespace.journal.actions import key_of_space
from monespace.registry.models import Enterprise
from monespace.registry.queries import representatives
from monespace.spaces.actions import Refused, note_refusal
from monespace.spaces.policy import Action, Decision
from monespace.spaces.queries import managers, space_for
from monespace.spaces.space import Space
from monespace.spaces.words import refused_text, role_label


class SpaceKey:
    """`moi`, or the ten digits of an enterprise number."""

    regex = r"moi|\d{10}"

    def to_python(self, value: str) -> str:
        """The key as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The key as it stands."""
        return value


def register_converters() -> None:
    """Makes <space:key> known to the addresses."""
    register_converter(SpaceKey, "space")


def in_space(action: Action = Action.SEE_SPACE) -> Callable:
    """Decorator: `view(request, space, …)` for a page of a space.

    Visitors sign in first, and whoever did so by a code alone proves more. Strangers get the same 404 for every number. An old
    number redirects. A member who may not do `action` is told why, what is missing and who can help (403), or asked for a
    stronger proof of identity.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: HttpRequest, key: str, *args, **kwargs) -> HttpResponse:
            if request.sign_in is None or not request.sign_in.is_substantial:
                return to_sign_in(request)
            space, current = space_for(request.sign_in, key, timezone.now())
            if space is None:
                raise Http404
            if not current:
                return HttpResponsePermanentRedirect(request.get_full_path().replace(key, space.key, 1))
            request.space = space
            decision = space.decide(action)
            return view(request, space, *args, **kwargs) if decision.allowed else refusal(request, space, decision)

        return checked

    return decorate


def refusal(request: HttpRequest, space: Space, decision: Decision, on: tuple[str, object] = ("", "")) -> HttpResponse:
    """The answer to a member who may not: a step-up, or a page that says why and who can give what is missing (403).

    `on` is the object that was asked for: the journal knows what was refused.
    """
    if decision.because == "level":
        return to_sign_in(request, int(decision.remedy.removeprefix("level:")))
    if decision.because == "stranger" or space.enterprise is None:
        raise Http404  # one's own space has no accesses to manage
    note_refused(request, decision, space.journal_key, on)
    at, functions = space.at, representatives(space.enterprise, timezone.localdate(space.at))
    page = {
        "because": decision.because,
        "missing": role_label(decision.remedy.removeprefix("role:")) if decision.remedy.startswith("role:") else "",
        "remedy": decision.remedy,
        "helpers": [person.full_name for person in managers(space.enterprise, at)],
        "representatives": [function.full_name for function in functions],
        "can_take_role": space.can_take_role and decision.because == "role" and decision.remedy.startswith("role:"),
        "role": decision.remedy.removeprefix("role:"),
    }
    return render(request, "spaces/refused.html", page, status=403)


def note_refused(request: HttpRequest, decision: Decision, space: str, on: tuple[str, object] = ("", "")) -> None:
    """Journals that the policy refused what this request asks in a space (its key in the journal). A step-up is no refusal."""
    if decision.because != "level":
        asked = request.resolver_match.view_name if request.resolver_match else ""
        note_refusal(decision, by=request.sign_in, space=space, asked=asked, on=on)


def told(request: HttpRequest, enterprise: Enterprise, refused: Refused) -> str:
    """Why an act was refused, in a sentence that says what to do; journaled when it was the policy that refused."""
    if refused.decision:
        note_refused(request, refused.decision, key_of_space(enterprise=enterprise.pk, person=None))
    return refused_text(refused.because)
