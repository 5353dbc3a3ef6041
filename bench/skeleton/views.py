"""The ten requests of a dossier, each with as many statements of the same kind as the portal's, through Django's ORM."""

import hashlib
import json
import sys
import time
import uuid

from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from jinja2 import Environment

from bench.skeleton.forms import PAGES, summary
from bench.skeleton.models import (
    Content,
    Document,
    Dossier,
    Entry,
    Event,
    Intention,
    Job,
    Mail,
    Membership,
    Notice,
    Paper,
    Procedure,
    SignIn,
)

LETTER = "Bonjour,\n\nNous avons reçu votre demande {number}.\n\nAide : 078 79 01 02\n"


def environment(**options) -> Environment:
    """Jinja2, as Django's documentation sets it up."""
    made = Environment(**options)
    made.globals |= {"static": static, "url": lambda name, *args: reverse(name, args=args)}
    return made


def one_line(get_response):
    """Middleware: one JSON line a request."""

    def middleware(request):
        started = time.perf_counter()
        response = get_response(request)
        taken = round(1000 * (time.perf_counter() - started), 1)
        print(json.dumps({"method": request.method, "status": response.status_code, "ms": taken}), file=sys.stdout)
        return response

    return middleware


def signed_in(get_response):
    """Middleware: the sign-in to which the session points. Two statements, the session's and its own."""

    def middleware(request):
        key = request.session.get("sign_in")
        found = SignIn.objects.select_related("person").filter(pk=key, ended_at=None) if key else SignIn.objects.none()
        request.sign_in = found.first()
        return get_response(request) if request.sign_in or request.path == "/" else HttpResponse(status=403)

    return middleware


def shown(request, template: str, page: dict) -> HttpResponse:
    """A page with what the header says: unread notices, and whether the person is an agent."""
    person = request.sign_in.person
    told = {"person": person, "unread": Notice.objects.filter(person=person.pk, read_at=None).count(),
            "is_agent": bool(list(Membership.objects.filter(token=person.token)))}  # fmt: skip
    return render(request, template, {**page, **told})


def fetched(request, ref: str) -> Dossier:
    """The person's own dossier."""
    found = Dossier.objects.select_related("procedure").filter(person=request.sign_in.person)
    return get_object_or_404(found, ref=ref)


def to(name: str, *args: str) -> HttpResponseRedirect:
    """On to a page."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def start(request, slug: str):
    """The page before a draft; a POST begins one."""
    procedure = get_object_or_404(Procedure, slug=slug)
    if request.method == "POST":
        return to("tasks", begun(request.sign_in.person, procedure, request.POST["start_key"]).ref)
    drafts = list(Dossier.objects.filter(person=request.sign_in.person, procedure=procedure, state="draft")[:5])
    return shown(request, "start.html", {"procedure": procedure, "drafts": drafts, "start_key": uuid.uuid4()})


@transaction.atomic
def begun(person, procedure: Procedure, key: str) -> Dossier:
    """A draft, once for each key."""
    given = {"procedure": procedure, "title": procedure.title, "person": person}
    dossier, _new = Dossier.objects.get_or_create(start_key=key, defaults=given)
    Content.objects.create(dossier=dossier)
    Event.objects.create(dossier=dossier, code="started")
    Intention.objects.filter(person=person).delete()
    write("dossier.started", person, dossier)
    return dossier


def tasks(request, ref: str):
    """The list of pages."""
    dossier = fetched(request, ref)
    answers, newest = Content.objects.get(pk=dossier.pk).answers, Procedure.objects.get(pk=dossier.procedure_id)
    rows = [
        {"address": address, "done": all(name in answers for name in form.base_fields)}
        for address, form in PAGES.items()
    ]
    return shown(request, "tasks.html", {"dossier": dossier, "rows": rows, "newest": newest})


def page(request, ref: str, address: str):
    """A page of the form; a POST saves it and goes on."""
    dossier = fetched(request, ref)
    answers = Content.objects.get(pk=dossier.pk).answers
    form = PAGES[address](request.POST if request.method == "POST" else None, initial=answers)
    if request.method == "GET" or not form.is_valid():
        return shown(request, "page.html", {"dossier": dossier, "form": form, "address": address, "answers": answers})
    saved(dossier, form.cleaned_data)
    Content.objects.get(pk=dossier.pk)
    following = list(PAGES)[list(PAGES).index(address) + 1 :]
    return to("page", ref, following[0]) if following else to("check", ref)


@transaction.atomic
def saved(dossier: Dossier, values: dict) -> None:
    """One JSON updated under the dossier's lock."""
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("procedure", "person").get(pk=dossier.pk)
    content = Content.objects.get(pk=dossier.pk)
    content.answers, content.revision = {**content.answers, **values}, content.revision + 1
    content.save(update_fields=["answers", "revision"])
    dossier.save(update_fields=["changed_at"])


def check(request, ref: str):
    """The summary; a POST sends."""
    dossier = fetched(request, ref)
    content = Content.objects.get(pk=dossier.pk)
    if request.method == "POST":
        sent(dossier, request.sign_in.person)
        return to("receipt", ref)
    bad = list(Document.objects.filter(dossier=dossier))
    return shown(request, "check.html", {"dossier": dossier, "summary": summary(content.answers), "bad": bad})


@transaction.atomic
def sent(dossier: Dossier, person) -> None:
    """The frozen copy, the number, the receipt to be made, the notice, the mail, the ledger."""
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("procedure", "person").get(pk=dossier.pk)
    content = Content.objects.select_for_update().get(pk=dossier.pk)
    list(Document.objects.filter(dossier=dossier).values_list("pk", flat=True))
    content.frozen = {"title": dossier.title, "person": person.name, "summary": summary(content.answers)}
    content.digest = hashlib.sha256(json.dumps(content.frozen, sort_keys=True).encode()).hexdigest()
    content.save(update_fields=["answers", "frozen", "digest"])
    dossier.number, dossier.state, dossier.submitted_at = next_number(), "submitted", timezone.now()
    dossier.save()
    Event.objects.create(dossier=dossier, code="submitted")
    Paper.objects.create(dossier=dossier)
    Job.objects.create(task="make_paper", arguments=[str(dossier.pk)])
    Notice.objects.create(person=person.pk, text=f"Demande envoyée : {dossier.number}")
    question = Procedure.objects.values_list("reply_to", flat=True).get(pk=dossier.procedure_id)
    address = Content.objects.values_list(f"answers__{question}", flat=True).get(pk=dossier.pk)
    letter = Mail.objects.create(to=address, text=LETTER.format(number=dossier.number) * 5)
    Job.objects.create(task="deliver", arguments=[str(letter.pk)])
    write("dossier.submitted", person, dossier)


def next_number() -> str:
    """The next number, from a sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('skeleton_number')")
        return f"2026-{cursor.fetchone()[0]:07}-00"


def write(act: str, person, dossier: Dossier) -> None:
    """One entry at the end of the person's chain, under an advisory lock."""
    chain = f"person:{person.pk}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", [chain])
    last = Entry.objects.filter(chain=chain).order_by("-position").only("position", "digest").first()
    entry = Entry(
        chain=chain, position=last.position + 1 if last else 1, act=act, at=timezone.now(),
        previous=last.digest if last else "", detail={"dossier": str(dossier.pk)},
    )  # fmt: skip
    told = json.dumps([entry.previous, chain, entry.position, act, entry.at.isoformat(), entry.detail])
    entry.digest = hashlib.sha256(told.encode()).hexdigest()
    entry.save(force_insert=True)


def receipt(request, ref: str):
    """The number, the frozen copy."""
    dossier = fetched(request, ref)
    content = Content.objects.only("digest", "frozen").get(pk=dossier.pk)
    made = Paper.objects.filter(dossier=dossier, made_at__isnull=False).exists()
    return shown(request, "receipt.html", {"dossier": dossier, "content": content, "made": made})


def alive(request):
    """For whoever waits for the server."""
    return HttpResponse("skeleton")


DOSSIER = "espaces/moi/dossiers/<slug:ref>/"
urlpatterns = [
    path("", alive, name="home"),
    path("espaces/moi/commencer/<slug:slug>/", start, name="start"),
    path(DOSSIER + "remplir/", tasks, name="tasks"),
    path(DOSSIER + "remplir/verifier/", check, name="check"),
    path(DOSSIER + "remplir/<path:address>/", page, name="page"),
    path(DOSSIER + "recepisse/", receipt, name="receipt"),
]
