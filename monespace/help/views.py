"""The help centre's pages."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from monespace.help import actions, queries
from monespace.help.content import Topic
from monespace.help.forms import FeedbackForm
from monespace.help.http import page_told
from monespace.help.markup import html
from monespace.help.paper import file_name
from monespace.identity.http import sender, signed_in, to_sign_in
from monespace.identity.limits import TooMany

MOST_ASKED = 3
LONGEST_SEARCH = 200
AGENTS_LEVEL = 450  # as at the desk


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The help centre: search, guides, the questions asked most, the helpdesk."""
    questions = queries.questions(get_language())
    page = {
        "guides": queries.guides(get_language()),
        "asked": questions[:MOST_ASKED],
        "questions": questions[MOST_ASKED:],
        "pages": [topic for topic in queries.topics(get_language()) if topic.front.kind == "page"],
    }
    return render(request, "help/home.html", page)


@require_GET
def page(request: HttpRequest, topic: str) -> HttpResponse:
    """One guide, question or page."""
    found = topic_or_404(topic)
    others = [other for other in queries.questions(get_language()) if other != found][:MOST_ASKED]
    only = [] if found.language == get_language() else queries.languages_of(topic)
    return render(request, "help/page.html", {"topic": found, "text": html(found), "others": others, "only": only})


def topic_or_404(slug: str) -> Topic:
    """The topic in the language of the page."""
    found = queries.topic(slug, get_language())
    if found is None:
        raise Http404
    return found


@require_GET
def pdf(request: HttpRequest, topic: str) -> HttpResponseBase:
    """A guide as PDF; while the worker makes it, a page that says so (202)."""
    found = topic_or_404(topic)
    if not found.is_guide:
        raise Http404
    try:
        file = default_storage.open(file_name(found), "rb")
    except FileNotFoundError:
        actions.order_guide(found)
        return render(request, "help/being_made.html", {"topic": found}, status=202)
    return FileResponse(file, filename=f"{found.slug}-{found.language}.pdf", content_type="application/pdf")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Help pages found with one's own words."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    page = {
        "words": words,
        "found": queries.search(words, get_language()) if words else [],
        "asked": queries.questions(get_language())[:MOST_ASKED],
    }
    return render(request, "help/search.html", page)


@require_GET
def contact(request: HttpRequest) -> HttpResponse:
    """The helpdesk: phone, mail, and what to have at hand."""
    return render(request, "help/contact.html")


@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """An opinion on a page: kept without a name, read by an agent."""
    about = page_told(request.POST.get("page") if request.method == "POST" else request.GET.get("page"))
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_feedback(page=about, **form.cleaned_data, language=get_language(), sender=sender(request))
            return HttpResponseRedirect(reverse("help:thanks"), status=303)
        except TooMany as refusal:
            return feedback_page(request, too_often(form, refusal), about, status=429)
    return feedback_page(request, form, about, status=422 if form.errors else 200)


def feedback_page(request: HttpRequest, form: FeedbackForm, about: str, *, status: int) -> HttpResponse:
    """The form, with what was typed."""
    page = {"form": form, "page": about, "kept_days": actions.KEPT_DAYS}
    return render(request, "help/feedback.html", page, status=status)


def too_often(form: FeedbackForm, refusal: TooMany) -> FeedbackForm:
    """The form with the sentence of somebody who wrote too often."""
    minutes = refusal.retry_after // 60 + 1
    form.add_error(
        None,
        _("You gave your opinion many times. Try again in %(minutes)d minutes, or call us.") % {"minutes": minutes},
    )
    return form


@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """After an opinion: what happens to it."""
    return render(request, "help/thanks.html")


@require_http_methods(["GET", "POST"])
@signed_in()
def opinions(request: HttpRequest) -> HttpResponse:
    """What people wrote, for agents: newest first; a POST marks one as handled. Who sits at no desk finds nothing here."""
    if not request.seats:
        raise Http404
    if request.sign_in.level < AGENTS_LEVEL:
        return to_sign_in(request, AGENTS_LEVEL)
    if request.method == "POST":
        key = request.POST.get("opinion", "")
        if key.isdecimal() and len(key) < 19:
            actions.close_feedback(int(key), by=request.user)
        return HttpResponseRedirect(reverse("help:opinions"), status=303)
    before = request.GET.get("before", "")
    found = queries.feedback(int(before) if before.isdecimal() and len(before) < 19 else None)
    shown = found[: queries.PAGE]
    return render(
        request, "help/opinions.html", {"opinions": shown, "older": shown[-1].id if len(found) > len(shown) else None}
    )
