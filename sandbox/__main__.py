"""The command: one process that serves pages, SMTP and the scanner until it is told to end."""

import argparse
import asyncio
import contextlib
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from sandbox.app import make_app
from sandbox.eid.authority import publish
from sandbox.mail import smtp_server
from sandbox.scanner import connection_handler
from sandbox.world import Options, World

LOOPBACK = "127.0.0.1"  # for mails and files to scan, whatever --host says: they come from the portal beside us


class Server(uvicorn.Server):
    """Uvicorn that leaves the signals to us: it would otherwise die of the very signal that it has just obeyed."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def arguments(line: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="The outside world of the demonstration.")
    parser.add_argument("--host", default=LOOPBACK, help="address of the pages; mail and scanner stay on 127.0.0.1")
    parser.add_argument("--port", type=int, required=True, help="pages and identity provider")
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--clamd-port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True, help="where mails, SMS and keys are kept")
    parser.add_argument("--portal-url", required=True, help="the portal, as browsers reach it")
    parser.add_argument("--public-url", default="", help="the sandbox, as browsers reach it (default: host and port)")
    parser.add_argument("--client-id", default="monespace")
    parser.add_argument("--client-secret-file", type=Path, required=True)
    parser.add_argument("--service-secret-file", type=Path, help="bearer secret of registry and SMS gateway")
    return parser.parse_args(line)


def options_of(asked: argparse.Namespace) -> Options:
    """Raises OSError when a secret cannot be read, ValueError when it is empty."""
    secret = secret_in(asked.client_secret_file)
    return Options(
        public_url=(asked.public_url or f"http://{asked.host}:{asked.port}").rstrip("/"),
        portal_url=asked.portal_url.rstrip("/"),
        data=asked.data,
        client_id=asked.client_id,
        client_secret=secret,
        service_secret=secret_in(asked.service_secret_file) if asked.service_secret_file else secret,
    )


def secret_in(path: Path) -> str:
    secret = path.read_text(encoding="utf-8").strip()
    if not secret:
        raise ValueError(f"{path} holds no secret")
    return secret


async def serve(world: World, asked: argparse.Namespace) -> None:
    """Open the three doors, say so in one line, stay until SIGTERM or SIGINT. Raises OSError (a port is taken)."""
    loop = asyncio.get_running_loop()
    door = web_socket(asked.host, asked.port)
    post = await loop.create_server(lambda: smtp_server(world), LOOPBACK, asked.smtp_port)
    scanner = await asyncio.start_server(connection_handler(world), LOOPBACK, asked.clamd_port)
    config = uvicorn.Config(make_app(world), log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    server = Server(config)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, setattr, server, "should_exit", True)
    running = asyncio.create_task(server.serve(sockets=[door]))
    while not server.started and not running.done():
        await asyncio.sleep(0.02)
    say(f"sandbox ready: {world.options.public_url}/ smtp {asked.smtp_port} clamd {asked.clamd_port}")
    await running
    post.close()
    scanner.close()


def web_socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((host, port))
    return door


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    asked = arguments()
    try:
        world = World(options_of(asked))
        publish(world)
        asyncio.run(serve(world, asked))
    except (OSError, ValueError, sqlite3.Error) as error:
        sys.stderr.write(f"The sandbox cannot start: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
