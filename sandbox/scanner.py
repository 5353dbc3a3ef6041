"""A scanner that speaks clamd's protocol (PING, VERSION, INSTREAM) and knows one signature: EICAR."""

import asyncio
import struct
from collections.abc import Awaitable, Callable

from sandbox.world import World

# Written in two halves so that no antivirus takes this file for the test file itself.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FOUND, CLEAN, TOO_LARGE = "stream: Eicar-Test-Signature FOUND", "stream: OK", "INSTREAM size limit exceeded. ERROR"


def connection_handler(
    world: World, limit: int = 26_214_400
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """The handler of one connection, for asyncio.start_server: one command each, as clamd does outside a session."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if not world.faults.on("scanner_down"):
                await asyncio.sleep(world.faults.seconds("scanner_slow"))
                await answer(reader, writer, limit)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            pass  # the caller went away: nothing to answer
        finally:
            writer.close()

    return handle


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: int) -> None:
    """Read one command in any of clamd's three spellings (z…NUL, n…newline, …newline) and answer with its own end."""
    first = await reader.readexactly(1)
    end = b"\0" if first == b"z" else b"\n"
    rest = (await reader.readuntil(end)).removesuffix(end)
    command = (rest if first in b"zn" else first + rest).strip().decode("ascii", "replace")
    writer.write((await verdict(command, reader, limit)).encode() + end)
    await writer.drain()


async def verdict(command: str, reader: asyncio.StreamReader, limit: int) -> str:
    if command == "PING":
        return "PONG"
    if command == "VERSION":
        return "ClamAV 1.4.0/sandbox"
    if command == "INSTREAM":
        return await scan(reader, limit)
    return "UNKNOWN COMMAND"


async def scan(reader: asyncio.StreamReader, limit: int) -> str:
    """Read length-prefixed chunks until the empty one. The signature counts anywhere: it may sit inside a real PDF."""
    total, tail, found = 0, b"", False
    while size := struct.unpack(">I", await reader.readexactly(4))[0]:
        total += size
        if total > limit:
            return TOO_LARGE
        window = tail + await reader.readexactly(size)
        found = found or EICAR in window
        tail = window[-len(EICAR) :]
    return FOUND if found else CLEAN
