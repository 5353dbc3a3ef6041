"""`monespace serve`: the portal's web server (granian, WSGI), configured by the environment."""

import argparse
import gc
import importlib
import os
import tempfile
from typing import Any

from monespace.cli import check, ports
from monespace.cli.trouble import Trouble


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("serve", help="serve the portal's pages")
    parser.add_argument("--host", help="address to listen on (HOST in the environment, else 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (PORT in the environment, else 8000)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop; raises Trouble without secrets, and for a port taken, which granian would share silently."""
    from config import env

    host = ports.address_of(args.host or env.text("HOST", "127.0.0.1"))
    port = args.port or env.number("PORT", 8000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    check.refuse_unsafe()
    ports.refuse_taken(host, port)
    with tempfile.TemporaryDirectory(prefix="monespace-counts-") as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts  # where the web workers add up what /metriques/ shows
        preload("config.wsgi")
        server(host, port, env.number("WEB_WORKERS", 2), env.number("WEB_THREADS", 4)).serve()
    return 0


def preload(module: str) -> None:
    """Reads the application and everything behind its addresses before granian forks its workers, which then share that memory
    instead of each having its own. What was read is kept out of the garbage collector's way, whose marks would make copies.

    Nothing of it may open a connection or start a thread: a fork would cut them (tests/ops/test_preloaded.py).
    """
    from django.conf import settings
    from django.template import engines
    from django.urls import get_resolver
    from django.utils.translation import gettext, override

    importlib.import_module(module)
    _ = get_resolver().reverse_dict  # imports the views of every room
    jinja: Any = engines["jinja2"]
    for name in jinja.env.list_templates(extensions=["html"]):
        jinja.get_template(name)
    for code, _name in settings.LANGUAGES:
        with override(code):
            gettext("")  # reads the catalogues
    gc.collect()
    gc.freeze()


def server(host: str, port: int, workers: int, threads: int, application: str = "config.wsgi:application"):
    """Granian as the portal uses it, for this WSGI application.

    Few threads: each holds a database connection of the pool, and Python runs one at a time anyway.
    """
    if workers < 1 or threads < 1:
        raise Trouble("WEB_WORKERS and WEB_THREADS must be at least 1.")
    from granian import Granian
    from granian.constants import Interfaces

    return Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=15,
        log_access=False,
    )
