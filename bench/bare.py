"""The measure's rod: a Django view that answers a few bytes, without middleware, served as the portal is.

python -m bench.bare PORT; `bench.bare:application` is what the server loads.
"""

import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """A few bytes."""
    return HttpResponse("bare")


urlpatterns = [path("", hello)]


def _application():
    settings.configure(ROOT_URLCONF="bench.bare", ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], LOGGING_CONFIG=None)
    return get_wsgi_application()


if __name__ == "__main__":
    from config import env
    from monespace.cli.serve import server

    workers, threads = env.number("WEB_WORKERS", 2), env.number("WEB_THREADS", 4)
    server("127.0.0.1", int(sys.argv[1]), workers, threads, "bench.bare:application").serve()
elif not settings.configured:
    application = _application()
