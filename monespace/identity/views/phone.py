"""«Code par SMS» in the profile: the number with which one may sign in, and its password.

Only a session of a high level binds a number: with it and a password one is «substantially» known from then on, and what makes a
means of proof must be proven better than the means itself (regulation 2015/1502, annex, 2.2.1 and 2.2.2). A thief with a
borrowed session of a lower level would else make their own telephone a key for good.

Where the portal sends no codes of its own, a number bound before can still be removed, and that is all. What was typed here is
kept when a session ends (keeps_typed) but for codes, which would be too old, and passwords, which nobody keeps as they are.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monespace import vault
from monespace.identity.actions import WrongCode
from monespace.identity.assurance import HIGH, SUBSTANTIAL
from monespace.identity.http import keeps_typed, posted, sender, signed_in
from monespace.identity.limits import TooMany
from monespace.identity.models import SmsCode
from monespace.identity.pending import browser_of
from monespace.identity.sms import codes, limits, phones
from monespace.identity.sms.forms import NewPasswordForm, NumberForm, SmsCodeForm
from monespace.identity.sms.texts import BIND
from monespace.identity.views.code_pages import code_page, resend, typed_code, wrong_code
from monespace.identity.ways import own_code
from monespace.notices.queries import sms_trouble

WAITING = "bound_code"  # session key: the code that is waited for


@signed_in(HIGH)
@require_http_methods(["GET", "POST"])
@keeps_typed
def phone(request: HttpRequest) -> HttpResponse:
    """The number that is bound, or the form that binds one; giving it up."""
    if "unbind" in request.POST:
        phones.unbind(request.sign_in)
        return back("retire")
    bound, way, typed = phones.phone_of(request.user), own_code(), posted(request) or QueryDict()
    if not (way or bound):
        return redirect("identity:profile")
    form = NumberForm(typed if "number" in typed else None, initial={"number": "" if bound else request.user.phone})
    if way and request.method == "POST" and form.is_valid():
        try:
            return send(request, form.cleaned_data["number"])
        except TooMany as refusal:
            form.add_error("number", too_many(refusal))
    page = {"form": form, "bound": bound, "way": way, "trouble": sms_trouble(), "done": request.GET.get("fait", "")}
    if bound:
        page["ending"] = phones.ending_of(vault.open_sealed(bound.number_sealed))
    return render(request, "identity/phone.html", page, status=422 if form.errors else 200)


def send(request: HttpRequest, number: str) -> HttpResponse:
    """Sends a code to the number that is to be bound; raises TooMany."""
    limits.may_send(number=codes.hash_of(number), account=request.user.pk, address=sender(request))
    made = codes.start(BIND, number, request.user, browser=browser_of(request))
    request.session[WAITING] = str(made.pk)
    return HttpResponseRedirect(reverse("identity:phone_code"), status=303)


@signed_in(HIGH)
@require_http_methods(["GET", "POST"])
def phone_code(request: HttpRequest) -> HttpResponse:
    """The code that came to the number; then it is bound."""
    waiting = codes.waiting_code(request.session.get(WAITING))
    if waiting is None or waiting.person_id != request.user.pk or waiting.proven_at:
        return redirect("identity:phone")
    around = {"back": reverse("identity:phone")}
    form = SmsCodeForm(None if "again" in request.POST else request.POST or None)
    if "again" in request.POST:
        refused = lambda refusal: code_page(request, waiting, form, error=too_many(refusal), **around)  # noqa: E731
        return resend(request, waiting, here="identity:phone_code", too_many=refused, **around)
    if request.method == "POST" and form.is_valid():
        try:
            return bound(request, waiting, form.cleaned_data["code"])
        except TooMany as refusal:
            form.add_error("code", too_many(refusal))
        except WrongCode as wrong:
            form.add_error("code", wrong_code(wrong))
    return code_page(request, waiting, form, **around)


def bound(request: HttpRequest, waiting: SmsCode, typed: str) -> HttpResponse:
    """Binds the number when the code is right, then asks for the password where a code alone opens nothing; raises TooMany,
    WrongCode."""
    typed_code(request, waiting, typed)
    if codes.use_up(waiting):
        phones.bind(request.sign_in, vault.open_sealed(waiting.number_sealed))
    del request.session[WAITING]
    held, way = phones.phone_of(request.user), own_code()
    if way and way.level >= SUBSTANTIAL and not (held and held.password):
        return HttpResponseRedirect(reverse("identity:phone_password") + "?fait=lie", status=303)
    return back("lie")


@signed_in(HIGH)
@require_http_methods(["GET", "POST"])
def phone_password(request: HttpRequest) -> HttpResponse:
    """The password beside the code: chosen, changed, removed."""
    held = phones.phone_of(request.user)
    if held is None:
        return redirect("identity:phone")
    if "remove" in request.POST:
        phones.set_password(request.sign_in, "")
        return back("sans-mot-de-passe")
    form = NewPasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        phones.set_password(request.sign_in, form.cleaned_data["password"])
        return back("mot-de-passe")
    page = {"form": form, "held": bool(held.password), "bound": "fait" in request.GET}
    return render(request, "identity/phone_password.html", page, status=422 if form.errors else 200)


def back(done: str) -> HttpResponse:
    """The page of the number, which says what was done."""
    return HttpResponseRedirect(f"{reverse('identity:phone')}?fait={done}", status=303)


def too_many(refusal: TooMany) -> str:
    """When the next code may be asked for."""
    return _("You asked for many codes. Try again in %(minutes)d minutes.") % {"minutes": refusal.minutes}
