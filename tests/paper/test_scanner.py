"""The virus scanner's protocol, spoken with a real server on a real socket."""

import asyncio
import io
import struct
import threading

import pytest

from monespace.paper.scanner import Clean, Infected, ScannerDown, TooLargeToScan, scan, version

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """Answers INSTREAM and VERSION as clamd does, on a port of its own, in a thread of its own."""

    def __init__(self, *, limit: int = 10**9, says: bytes | None = None):
        self.limit, self.says, self.received = limit, says, b""
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> "Scanner":
        self.thread.start()
        start = asyncio.start_server(self.answer, "127.0.0.1", 0)
        self.server = asyncio.run_coroutine_threadsafe(start, self.loop).result(5)
        self.address = f"127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    async def answer(self, reader, writer):
        command = await reader.readuntil(b"\0")
        said = b"ClamAV 1.4.6/27812/Mon Nov 23 08:00:00 2026" if command == b"zVERSION\0" else await self.read(reader)
        writer.write(said + b"\0" if self.says is None else self.says)
        await writer.drain()
        writer.close()

    async def read(self, reader) -> bytes:
        while size := struct.unpack(">I", await reader.readexactly(4))[0]:
            self.received += await reader.readexactly(size)
            if len(self.received) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in self.received else b"stream: OK"


def test_a_clean_file_is_clean_and_arrives_whole():
    content = bytes(range(256)) * 1000
    with Scanner() as scanner:
        assert scan(io.BytesIO(content), scanner.address) == Clean()
        assert scanner.received == content


def test_a_virus_is_named():
    with Scanner() as scanner:
        assert scan(io.BytesIO(b"..." + EICAR), scanner.address) == Infected("Eicar-Test-Signature")


def test_a_file_too_large_for_the_scanner_is_said_so():
    with Scanner(limit=1000) as scanner, pytest.raises(TooLargeToScan):
        scan(io.BytesIO(b"x" * 2000), scanner.address)


@pytest.mark.parametrize("says", [b"", b"stream: ", b"stream: OK", b"UNKNOWN COMMAND\0", b"stream: Can't open ERROR\0"])
def test_only_a_whole_and_clear_verdict_counts(says):
    with Scanner(says=says) as scanner, pytest.raises(ScannerDown):
        scan(io.BytesIO(b"abc"), scanner.address)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere.invalid:3310", "localhost", "127.0.0.1:99999"])
def test_an_absent_scanner_is_down(address):
    with pytest.raises(ScannerDown):
        scan(io.BytesIO(b"abc"), address, seconds=2)


def test_a_silent_scanner_is_down_after_its_time():
    async def silent(reader, writer):
        await asyncio.sleep(3)

    with Scanner() as scanner:
        scanner.answer = silent
        start = asyncio.start_server(silent, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(start, scanner.loop).result(5)
        with pytest.raises(ScannerDown):
            scan(io.BytesIO(b"abc"), f"127.0.0.1:{server.sockets[0].getsockname()[1]}", seconds=0.2)


def test_the_version_tells_the_age_of_the_signatures():
    with Scanner() as scanner:
        assert version(scanner.address).endswith("27812/Mon Nov 23 08:00:00 2026")
