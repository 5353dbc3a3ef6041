"""Reading the pages that the portal answers with."""

import re

from django.http import HttpResponse

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


def html_of(answer: HttpResponse) -> str:
    """The page without what changes at each request, so that two pages can be compared."""
    return TOKEN.sub(r"\1", answer.content.decode())
