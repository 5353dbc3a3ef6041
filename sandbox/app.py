"""The web application of the sandbox: all addresses in one place."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import mail, phone, stage
from sandbox.eid import service as eid
from sandbox.idp import direct, machine, pages
from sandbox.registry import service
from sandbox.web import HERE, Protect, language_of, problem
from sandbox.world import World


async def health(request: Request) -> Response:
    return JSONResponse({"ok": True})


async def not_served(request: Request, error: Exception) -> Response:
    """404, 405 and bad forms as a page in a sentence."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    return problem(request, language_of(request), "not_found" if status in (404, 405) else "bad_form", status)


def make_app(world: World) -> Starlette:
    """The application that serves this world."""
    routes = [
        Route("/sante/", health),
        *stage.routes,
        *machine.routes,
        *direct.routes,
        *pages.routes,
        *eid.routes,
        *phone.routes,
        *mail.routes,
        *service.routes,
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    protect = Middleware(Protect, portal_url=world.options.portal_url)
    app = Starlette(routes=routes, middleware=[protect], exception_handlers={HTTPException: not_served})
    app.state.world = world
    return app
