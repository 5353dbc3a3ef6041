"""The page on which a code by SMS is typed, at the sign-in and where a number is bound."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from monespace import vault
from monespace.identity.actions import WrongCode
from monespace.identity.http import sender
from monespace.identity.limits import TooMany
from monespace.identity.models import SmsCode
from monespace.identity.pending import browser_of
from monespace.identity.sms import codes, limits
from monespace.identity.sms.forms import SmsCodeForm
from monespace.identity.sms.phones import ending_of
from monespace.notices.queries import sms_trouble


def code_page(request: HttpRequest, waiting: SmsCode, form: SmsCodeForm, *, error: str = "", **page) -> HttpResponse:
    """The field of the code, until when it is valid, another code in one action, and what stops messages now, if anything."""
    page |= {
        "form": form,
        "errors": [{"text": error}] if error else [],
        "ending": ending_of(vault.open_sealed(waiting.number_sealed)),
        "until": waiting.expires_at,
        "over": codes.is_over(waiting),
        "again_at": waiting.sent_at + timedelta(seconds=limits.WAIT_SECONDS),
        "last": waiting.sent >= limits.MOST_SENT,
        "trouble": sms_trouble(),
    }
    return render(request, "identity/sms_code.html", page, status=422 if form.errors or error else 200)


def resend(
    request: HttpRequest, waiting: SmsCode, *, here: str, too_many: Callable[[TooMany], HttpResponse], **page
) -> HttpResponse:
    """Another code; too soon is said on the page, too often is the caller's affair."""
    try:
        codes.demand_again(waiting)
        limits.may_send(
            number=waiting.number_hash, account=waiting.person_id or waiting.number_hash, address=sender(request)
        )
        codes.again(waiting, browser=browser_of(request))
    except codes.TooSoon as soon:
        return code_page(request, waiting, SmsCodeForm(), error=too_soon(soon), **page)
    except TooMany as refusal:
        return too_many(refusal)
    return HttpResponseRedirect(reverse(here), status=303)


def too_soon(soon: codes.TooSoon) -> str:
    """When another code may be asked for."""
    if soon.seconds:
        return _("You can ask for another code in %(seconds)d seconds.") % {"seconds": soon.seconds}
    return _("We sent you three codes. Begin again, or choose another means.")


def typed_code(request: HttpRequest, waiting: SmsCode, typed: str) -> None:
    """Counts and checks the code that was typed; raises TooMany, WrongCode."""
    limits.may_guess(number=waiting.number_hash, address=sender(request))
    codes.prove(waiting, typed, browser=browser_of(request))


def wrong_code(wrong: WrongCode) -> str:
    """What to do after a code that is not the right one."""
    if wrong.over:
        return _("This code is no longer valid: ask for another one.")
    return _("This is not the code that we sent. Check it and try again.")
