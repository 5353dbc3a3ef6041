"""«Mon profil», and the welcome at the first sign-in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monespace.identity import actions, queries
from monespace.identity.assurance import LOW, SUBSTANTIAL
from monespace.identity.forms import CodeForm, ProfileForm
from monespace.identity.http import keeps_typed, local_path, posted, signed_in, to_sign_in
from monespace.identity.limits import TooMany
from monespace.identity.sms.phones import phone_of
from monespace.identity.views.code_pages import wrong_code
from monespace.identity.ways import own_code


@signed_in()
@require_http_methods(["GET", "POST"])
@keeps_typed
def welcome(request: HttpRequest) -> HttpResponse:
    """At the first sign-in: language, e-mail, telephone; may be skipped."""
    after = local_path(request.session.get("after_welcome")) or reverse("spaces:choose")
    if request.method == "POST" and "skip" in request.POST:
        actions.update_profile(request.user, language=request.user.language, phone=request.user.phone)
        return redirect(after)
    return profile_page(request, "identity/welcome.html", after=after)


@signed_in(LOW)
@require_http_methods(["GET", "POST"])
@keeps_typed
def profile(request: HttpRequest) -> HttpResponse:
    """Changing language, e-mail, telephone at any time; whoever proved little of who they are only reads."""
    if request.sign_in.level < SUBSTANTIAL:
        return (
            to_sign_in(request, SUBSTANTIAL)
            if request.method == "POST"
            else render(request, "identity/profile_read.html")
        )
    return profile_page(request, "identity/profile.html", after=reverse("identity:profile") + "?enregistre=1")


def profile_page(request: HttpRequest, template: str, *, after: str) -> HttpResponse:
    """Shows the form, or saves it; a new address goes through its code first."""
    person = request.user
    form = ProfileForm(
        posted(request), initial={"language": person.language, "email": person.email, "phone": person.phone}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return save(request, form.cleaned_data, after)
        except TooMany as refusal:
            form.add_error("email", too_many(refusal))
    page = {"form": form, "saved": "enregistre" in request.GET, "waiting": queries.waiting_address(person)}
    page["own_code"] = (
        own_code() is not None or phone_of(person) is not None
    )  # a number is removed when the way is off too
    return render(request, template, page, status=422 if form.errors else 200)


def save(request: HttpRequest, wanted: dict, after: str) -> HttpResponse:
    """Saves the profile; raises TooMany when too many codes were asked for."""
    person = request.user
    actions.update_profile(person, language=wanted["language"], phone=wanted["phone"])
    translation.activate(wanted["language"])
    request.session["after_code"] = after
    response = HttpResponseRedirect(after, status=303)
    if wanted["email"] and wanted["email"] != person.email:
        actions.send_email_code(queries.person(person.pk), wanted["email"])
        response = HttpResponseRedirect(reverse("identity:email_code"), status=303)
    elif not wanted["email"] and person.email:
        actions.remove_email(person)
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@signed_in()
@require_http_methods(["GET", "POST"])
def email_code(request: HttpRequest) -> HttpResponse:
    """The code that confirms an address; may be done later from the profile. It is not kept when the session ends (keeps_typed):
    it would be too old, and another comes in one action."""
    address = queries.waiting_address(request.user)
    after = local_path(request.session.get("after_code")) or reverse("identity:profile")
    if address is None:
        return redirect(after)
    form, errors = CodeForm(None if "again" in request.POST else request.POST or None), []
    if "again" in request.POST:
        errors = send_again(request, address)
        if not errors:
            return HttpResponseRedirect(reverse("identity:email_code"), status=303)
    elif request.method == "POST" and form.is_valid():
        try:
            actions.confirm_email(request.user, form.cleaned_data["code"])
            return HttpResponseRedirect(after, status=303)
        except actions.WrongCode as wrong:
            form.add_error("code", wrong_code(wrong))
    page = {"form": form, "errors": errors, "address": address, "after": after}
    return render(request, "identity/email_code.html", page, status=422 if form.errors or errors else 200)


def send_again(request: HttpRequest, address: str) -> list[dict]:
    """Sends another code to the same address; the complaint, when too many were asked for."""
    try:
        actions.send_email_code(request.user, address)
    except TooMany as refusal:
        return [{"text": too_many(refusal)}]
    return []


def too_many(refusal: TooMany) -> str:
    """When the next code may be asked for."""
    minutes = refusal.retry_after // 60 + 1
    return _("You asked for many codes. Try again in %(minutes)d minutes.") % {"minutes": minutes}
