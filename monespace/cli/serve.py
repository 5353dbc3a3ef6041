"""`monespace serve`: the portal's web server (granian, WSGI), configured by the environment."""

import argparse
import os
import tempfile

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
        server(host, port, env.number("WEB_WORKERS", 2), env.number("WEB_THREADS", 4)).serve()
    return 0


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
