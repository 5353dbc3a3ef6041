"""Beginning a request: the stable address that any portal may link to, and the page that starts the draft."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from monespace.dossiers import actions, queries
from monespace.dossiers.http import decide_on, url_of
from monespace.dossiers.models import Dossier
from monespace.identity.http import signed_in
from monespace.procedures.models import ProcedureVersion
from monespace.procedures.queries import current_version
from monespace.spaces.http import in_space, refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space, procedure_scope
from monespace.ui.languages import spoken_among


@require_GET
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """`/demarches/<slug>/introduire/`: after sign-in, on to the choice of space. A procedure without our form has its own page,
    and nobody proves who they are only to be told so."""
    if current_version(slug) is None:
        return redirect("procedures:page", slug)
    return choose_space(request, slug)


@signed_in()
def choose_space(request: HttpRequest, slug: str) -> HttpResponse:
    """On to «Au nom de qui souhaitez-vous agir ?», once it is known who asks."""
    return HttpResponseRedirect(f"{reverse('spaces:choose')}?{urlencode({'demarche': slug})}")


@require_http_methods(["GET", "POST"])
@in_space()
def start(request: HttpRequest, space: Space, slug: str) -> HttpResponse:
    """Who files, for whom, in which language; drafts that are there already; «Commencer»."""
    version = current_version(slug)
    if version is None:
        raise Http404
    form = version.form
    try:
        actions.demand_start(space, slug, form.definition, space.at)
        if request.method == "POST":
            return start_draft(request, space, version)
    except actions.Refused as refused:
        return not_now(request, space, version, refused)
    drafts = list(queries.drafts_of(space).filter(procedure=slug)[:5])
    language = spoken_among(form.languages)
    page = {
        "version": version, "form": form, "drafts": drafts, "start_key": uuid4(),
        "form_languages": form.languages, "languages_offered": language_options(form.languages, language),
        "may_submit": space.decide(Action.SUBMIT, scopes=procedure_scope(slug)).allowed,
        "weak": sending if (sending := form.definition.assurance.submit) > request.sign_in.level else 0,
    }  # fmt: skip
    return render(request, "dossiers/start.html", page)


def language_options(languages: list[str], chosen: str) -> list[dict]:
    """The languages of a form, as ui/radios.html shows them."""
    names = dict(settings.LANGUAGES)
    return [
        {"id": f"language-{code}", "value": code, "label": names.get(code, code), "checked": code == chosen}
        for code in languages
    ]


def not_now(request: HttpRequest, space: Space, version: ProcedureVersion, refused: actions.Refused) -> HttpResponse:
    """Why nothing can be begun: the role, the kind of holder, the dates of the procedure, this year's request. Raises Http404."""
    if refused.decision:
        return refusal(request, space, refused.decision)
    if refused.because == "once":
        return already_sent(request, space, version)
    if refused.because not in {"audience", "window"}:
        raise Http404
    window = version.form.definition.window
    page = {"version": version, "because": refused.because, "opens": window.opens, "closes": window.closes}
    return render(request, "dossiers/not_for_you.html", page, status=403)


def already_sent(
    request: HttpRequest, space: Space, version: ProcedureVersion, draft: Dossier | None = None
) -> HttpResponse:
    """One request a year: the one that was sent, for those who may read it; `draft` is what could not be sent beside it."""
    sent = queries.sent_in_year(space, version.slug, space.at)
    readable = sent and decide_on(space, sent, Action.READ).allowed
    again = date(timezone.localdate(space.at).year + 1, 1, 1)
    page = {"version": version, "sent": sent if readable else None, "draft": draft, "again": again}
    return render(request, "dossiers/already_sent.html", page, status=403)


def start_draft(request: HttpRequest, space: Space, version: ProcedureVersion) -> HttpResponse:
    """Starts the draft and opens its task list. Raises Refused."""
    languages = version.form.languages
    wanted = [request.POST.get("language"), get_language(), *languages]
    try:
        start_key = UUID(request.POST.get("start_key", ""))
    except ValueError:
        start_key = uuid4()
    language = next(one for one in wanted if one in languages)
    dossier = actions.start(space, version, by=request.sign_in, language=language, start_key=start_key)
    return HttpResponseRedirect(url_of(space, dossier, "tasks"), status=303)
