"""Ports: is this one free, and which one is, asked by binding it ourselves."""

import errno
import socket

from monespace.cli.trouble import Trouble

_NO_PORT = "{} is not a port: choose one between 1024 and 65535."


def address_of(host: str) -> str:
    """The number of an address given by its name (the server takes numbers only), of IPv4 when it has one; raises Trouble."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Trouble(
            f"No address is known for the host «{host}» ({error.strerror}): choose another with --host."
        ) from None
    return str(min(found, key=lambda one: one[0] != socket.AF_INET)[4][0])


def in_address(host: str) -> str:
    """A host as an address on the web writes it: IPv6 numbers stand in brackets."""
    return f"[{host}]" if ":" in host else host


def is_free(host: str, port: int) -> bool:
    """True when nothing listens there; raises Trouble for an address or a port that cannot be ours."""
    if not port:  # the system would choose another one each time
        raise Trouble(_NO_PORT.format(port))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise Trouble(_reason(host, port, error)) from None
        except OverflowError:
            raise Trouble(_NO_PORT.format(port)) from None
    return True


def _reason(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EACCES:
        return f"The port {port} is kept for the administrator: choose one above 1024 with --port."
    return f"The address {host} is not one of this machine ({error.strerror}): choose another with --host."


def refuse_taken(host: str, port: int) -> None:
    """Raise Trouble, naming a free port, when this one is taken."""
    if not is_free(host, port):
        raise Trouble(f"The port {port} is taken by another program: try --port {next_free(host, port + 1)}.")


def next_free(host: str, start: int, avoid: frozenset[int] | set[int] = frozenset()) -> int:
    """The first free port from this one on, and after the last from 1024 on; raises Trouble when none is."""
    for port in [*range(start, 65536), *range(1024, start)][:1000]:
        if port not in avoid and is_free(host, port):
            return port
    raise Trouble(f"No port is free from {start} on.")
