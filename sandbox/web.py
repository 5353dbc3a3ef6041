"""How the sandbox answers a browser: pages, languages, form fields, protective headers."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import jinja2
import yaml
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HERE = Path(__file__).parent
LANGUAGES = ("fr", "de")
LONGEST_FIELD = 300
BRUSSELS = ZoneInfo("Europe/Brussels")

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
)
TEXTS = {code: yaml.safe_load((HERE / "texts" / f"{code}.yaml").read_text(encoding="utf-8")) for code in LANGUAGES}


def text(language: str, key: str, **values: object) -> str:
    """One sentence of the sandbox in that language. Raises KeyError when nobody wrote it."""
    return str(TEXTS[language][key]).format(**values)


def language_of(request: Request) -> str:
    """The language of a page that belongs to no sign-in: ?lang=, else the browser's first of ours, else French."""
    asked = request.query_params.get("lang", "")
    wanted = [asked, *request.headers.get("accept-language", "").replace(";", ",").split(",")]
    return next((tag.strip()[:2].lower() for tag in wanted if tag.strip()[:2].lower() in LANGUAGES), "fr")


def page(request: Request, template: str, language: str, status: int = 200, **values: object) -> Response:
    """A whole page; templates call `t("key", name=value)` for their sentences."""

    def t(key: str, **parts: object) -> str:
        return text(language, key, **parts)

    options = request.app.state.world.options
    html = TEMPLATES.get_template(template).render(
        t=t,
        language=language,
        portal=options.portal_url,
        other="de" if language == "fr" else "fr",
        clock=clock,
        **values,
    )
    return HTMLResponse(html, status)


def problem(request: Request, language: str, key: str, status: int) -> Response:
    """A page that says in a sentence what happened and leads on."""
    return page(request, "problem.html", language, status, key=key)


def see_other(address: str) -> Response:
    return RedirectResponse(address, 303)


async def posted(request: Request) -> Mapping[str, str]:
    """The posted text fields, trimmed and shortened; files and repeated fields are ignored."""
    form = await request.form(max_files=0, max_fields=100)
    return {name: str(value).replace("\0", "").strip()[:LONGEST_FIELD] for name, value in form.items()}


def clock(at: float) -> str:
    """The hour in Brussels, as the portal shows it, wherever this machine is."""
    return datetime.fromtimestamp(at, BRUSSELS).strftime("%H:%M")


class Protect:
    """Headers on every answer, and no form from another site."""

    def __init__(self, app: ASGIApp, portal_url: str) -> None:
        self.app = app
        self.policy = (
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            f"form-action 'self' {portal_url}"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.protect(MutableHeaders(scope=message))
            await send(message)

        if self.from_elsewhere(Request(scope)):
            await Response("This form was sent from another site.", 403)(scope, receive, send_protected)
            return
        await self.app(scope, receive, send_protected)

    def protect(self, headers: MutableHeaders) -> None:
        headers.setdefault("Content-Security-Policy", self.policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cache-Control", "no-store")

    def from_elsewhere(self, request: Request) -> bool:
        """A browser says where a POST comes from; the authorization endpoint takes them from clients, all others from their own
        pages and from extensions (the card reader's)."""
        origin = request.headers.get("origin")
        if request.method in ("GET", "HEAD") or origin is None or request.url.path == "/idp/authorize":
            return False
        place = urlsplit(origin)
        return not place.scheme.endswith("-extension") and place.netloc != request.headers.get("host")
