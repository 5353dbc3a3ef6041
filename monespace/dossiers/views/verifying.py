"""`/verifier/`: anyone who holds a receipt can check it, by the PDF or by its number and printed hash."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from monespace.dossiers import queries
from monespace.dossiers.numbers import as_written, is_number
from monespace.identity.http import sender
from monespace.identity.limits import TooMany, count_try
from monespace.paper.checking import check_in_process

MOST_BYTES = 20_000_000
HOURLY = 60
UNKNOWN = ("took_too_long", "no_answer")  # nothing is known of the document: monespace.paper.checking


class ByFile(forms.Form):
    """The PDF itself."""

    pdf = forms.FileField(label=_("The receipt or letter as a PDF file"), help_text=_("It is checked and not kept."))


class ByHash(forms.Form):
    """What is printed on it."""

    number = forms.CharField(
        label=_("Number of the request"), max_length=40, help_text=_("For example 2026-0000123-57")
    )
    digest = forms.CharField(
        label=_("Printed fingerprint"),
        max_length=200,
        help_text=_("64 letters and digits in blocks, at the end of the receipt."),
    )

    def clean_number(self) -> str:
        number = as_written(self.cleaned_data["number"])
        if not is_number(number):
            raise forms.ValidationError(
                _("This number is not complete or has a typing error: compare it with the receipt.")
            )
        return number

    def clean_digest(self) -> str:
        digest = "".join(
            character for character in self.cleaned_data["digest"].lower() if character in "0123456789abcdef"
        )
        if len(digest) != 64:
            raise forms.ValidationError(_("The fingerprint has 64 letters and digits: compare it with the receipt."))
        return digest


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The page with its two ways; each answers yes or no in a sentence, never with the content."""
    by_file = ByFile(request.POST, request.FILES) if "by_file" in request.POST else ByFile()
    by_hash = ByHash(request.POST) if "by_hash" in request.POST else ByHash()
    page: dict = {"by_file": by_file, "by_hash": by_hash}
    if request.method == "GET":
        return render(request, "dossiers/verify.html", page)
    try:
        count_try("verify", sender(request), limit=HOURLY, seconds=3600)
    except TooMany as refusal:
        return render(request, "dossiers/verify.html", {**page, "wait": refusal.retry_after // 60 + 1}, status=429)
    page |= answer(by_file, by_hash)
    return render(request, "dossiers/verify.html", page, status=422 if by_file.errors or by_hash.errors else 200)


def answer(by_file: ByFile, by_hash: ByHash) -> dict:
    """The verdict for what was given: {"sealed": Check} or {"known": dossier or None}; nothing for what is not complete."""
    if by_file.is_bound and by_file.is_valid():
        upload = by_file.cleaned_data["pdf"]
        if upload.size <= MOST_BYTES:
            return {"asked": "file", "sealed": check_in_process(upload.read()), "unknown": UNKNOWN}
        by_file.add_error("pdf", _("This file is larger than anything we seal."))
    if by_hash.is_bound and by_hash.is_valid():
        known = queries.by_number_and_digest(by_hash.cleaned_data["number"], by_hash.cleaned_data["digest"])
        return {"asked": "hash", "known": known}
    return {}
