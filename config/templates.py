"""The template engine: Jinja2, compiled once a process, with what every template may use and nothing else.

`put("ui/card.html", title=…)` puts another template there; it sees the values given to it and no others. `put_in(language, …)`
does so in a language that may not be the page's.
`_`, `_n` and `_p` say a sentence in the page's language; values put into it are escaped, the sentence itself is ours.
"""

from functools import lru_cache

from django.conf import settings
from django.template.defaultfilters import linebreaks, linebreaksbr, urlencode  # type: ignore[attr-defined]
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, override, pgettext
from jinja2 import ChainableUndefined, Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from monespace.dossiers import look as dossiers
from monespace.ui import look


class House(Environment):
    """Names after a dot: of a dict its keys before its methods («row.values» is what it holds there); else attributes."""

    def getattr(self, obj, attribute):
        """The value of `obj.attribute` in a template; undefined, and therefore false and empty, when there is none."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)  # what the parent does first: a page does this some three hundred times
        except AttributeError:
            return super().getattr(obj, attribute)


def environment(**options) -> Environment:
    """The engine, for TEMPLATES; `options` are Django's."""
    made = House(**{**options, "undefined": ChainableUndefined, "cache_size": -1})
    made.filters |= {each.__name__: each for each in (*look.FILTERS, *dossiers.FILTERS)}
    made.filters |= {"linebreaks": linebreaks, "linebreaksbr": linebreaksbr, "urlencode": urlencode}
    made.globals |= {each.__name__: each for each in look.GLOBALS}
    made.globals |= {
        "put": put, "put_in": put_in,
        "page_url": page_url, "worded": look.words, "static": static_url, "language_code": get_language, "_": said,
        "_n": counted, "_p": meant,
    }  # fmt: skip
    return made


@pass_context
def put(context: Context, name: str, /, **values) -> Markup:
    """Another template, with these values only (and the hidden field that protects forms)."""
    values.setdefault("csrf_input", context.get("csrf_input", ""))
    return Markup(context.environment.get_template(name).render(values))  # noqa: S704 (templates escape their values)


@pass_context
def put_in(context: Context, language: str, name: str, /, **values) -> Markup:
    """Another template, said in a language that may not be the page's; whoever puts it marks it with `lang`."""
    with override(language or get_language()):
        return put(context, name, **values)


def page_url(name: str, *args) -> str:
    """The address of a page by its name and its parts; the same for everybody, so that each is worked out once."""
    return _address(settings.ROOT_URLCONF, name, args)


@lru_cache(maxsize=4096)
def _address(_addresses: str, name: str, args: tuple) -> str:
    return reverse(name, args=args)


@lru_cache(maxsize=256)
def static_url(name: str) -> str:
    """The address of a static file, which stays what it is until the process is started again."""
    return static(name)


def said(text: str, /, **values) -> Markup:
    """A sentence in the page's language; its values are escaped."""
    return _filled(gettext(text), values)


def counted(one: str, many: str, number: int, /, **values) -> Markup:
    """A sentence for a number of things."""
    return _filled(ngettext(one, many, number), values)


def meant(context: str, text: str, /, **values) -> Markup:
    """A sentence that another context says otherwise."""
    return _filled(pgettext(context, text), values)


def _filled(text: str, values: dict) -> Markup:
    filled = text % {name: escape(value) for name, value in values.items()} if values else text
    return Markup(filled)  # noqa: S704 (translations are ours)
