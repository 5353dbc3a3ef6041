"""Asks the virus scanner (clamd) about a file, by its own protocol over TCP. Light: standard library only.

The protocol: clamd's manual page, commands INSTREAM and VERSION.
"""

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 65_536
SECONDS = 60.0
ANSWER_MAX = 4_096


@dataclass(frozen=True)
class Clean:
    """The scanner found nothing."""


@dataclass(frozen=True)
class Infected:
    """The scanner found this; `name` is the scanner's own name for it."""

    name: str


class ScannerDown(Exception):
    """The scanner cannot say: absent, too slow, without signatures, or answering something else. Ask again later."""


class TooLargeToScan(ScannerDown):
    """The scanner takes no file of this size: asking again will not help (clamd's StreamMaxLength)."""


def scan(stream: BinaryIO, address: str, *, seconds: float = SECONDS) -> Clean | Infected:
    """The scanner's word on a stream read to its end; `address` is «host:port». Raises ScannerDown."""
    return _verdict(_ask(address, b"zINSTREAM\0", stream, seconds))


def version(address: str, *, seconds: float = 5.0) -> str:
    """The scanner's version and the date of its signatures, as it says them. Raises ScannerDown."""
    answer = _ask(address, b"zVERSION\0", None, seconds)
    if not answer.startswith("ClamAV"):
        raise ScannerDown("The scanner does not say its version.")
    return answer


def _verdict(answer: str) -> Clean | Infected:
    if answer == "stream: OK":
        return Clean()
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Infected(answer.removeprefix("stream: ").removesuffix(" FOUND"))
    if "size limit exceeded" in answer:
        raise TooLargeToScan("The scanner takes no file of this size.")
    raise ScannerDown("The scanner gave no verdict.")


def _ask(address: str, command: bytes, stream: BinaryIO | None, seconds: float) -> str:
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=seconds) as line:
            line.sendall(command)
            if stream is not None:
                _send(line, stream)
            return _answer(line)
    except (OSError, ValueError, OverflowError) as error:
        raise ScannerDown(f"The scanner at {address} does not answer.") from error


def _send(line: socket.socket, stream: BinaryIO) -> None:
    """The file in pieces, each after its length; a length of zero ends it."""
    try:
        while piece := stream.read(CHUNK):
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return  # clamd hangs up on a file too large for it: its answer says so, if it can still be read


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < ANSWER_MAX:
        piece = line.recv(ANSWER_MAX)
        if not piece:
            break
        said += piece
    if not said.endswith((b"\0", b"\n")):
        raise ScannerDown("The scanner hung up before its verdict.")
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
