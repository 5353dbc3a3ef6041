"""What providers ask of us themselves: our keys, and that somebody's sign-ins end. No browser and no session is involved."""

from contextlib import suppress

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from monespace.identity.ending import end_told, refuse_logout
from monespace.identity.http import sender
from monespace.identity.limits import TooMany, count_try
from monespace.identity.oidc import ProviderDown, Refused, logout, own_keys
from monespace.identity.views.entering import new_reference

log = structlog.get_logger("monespace.sign_in")
PER_MINUTE = 600  # from one address: a provider tells of everybody's logout from a few


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Our public keys (RFC 7517), which a provider may keep for half an hour; a browser in which somebody is signed in keeps
    nothing at all of what it sees."""
    kept = "public, max-age=1800" if request.sign_in is None else "no-store, private"
    return JsonResponse(own_keys.published(), headers={"Cache-Control": kept})


@csrf_exempt
@require_POST
def signed_out(request: HttpRequest, provider: str) -> HttpResponse:
    """Back-channel logout: 200 when the token was good, whether or not anybody was signed in; 400 with the code when not.

    Rules: OpenID Connect Back-Channel Logout 1.0, sections 2.5 to 2.8.
    """
    if provider not in settings.PROVIDERS:
        raise Http404
    try:
        count_try("back-channel logout", sender(request), limit=PER_MINUTE, seconds=60)
        ended = end_told(logout.told(request.POST.get("logout_token", ""), provider))
    except TooMany as many:
        return answer({"error": "temporarily_unavailable"}, 429, {"Retry-After": str(many.retry_after)})
    except ProviderDown:
        return answer({"error": "temporarily_unavailable"}, 503, {"Retry-After": "30"})
    except Refused as refusal:
        return not_believed(refusal.code, provider)
    log.info("logout.told", provider=provider, ended=ended)
    return answer({}, 200)


def not_believed(code: str, provider: str) -> HttpResponse:
    """A refusal: the log and the journal know it under the reference that the provider is told."""
    reference = new_reference()
    log.warning("logout.refused", reference=reference, code=code, provider=provider)
    with suppress(TooMany):
        refuse_logout(code, provider=provider, reference=reference)
    return answer({"error": "invalid_request", "error_description": f"{code} {reference}"}, 400)


def answer(said: dict, status: int, headers: dict | None = None) -> HttpResponse:
    """A JSON answer that nobody keeps (section 2.8)."""
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store", **(headers or {})})
