"""Which characters our fonts can show: a PDF/A must not contain a character without a glyph."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
PLAIN = ("AtkinsonHyperlegibleNext_400Regular.ttf", "DejaVuSans.ttf")
BOLD = ("AtkinsonHyperlegibleNext_700Bold.ttf", "DejaVuSans-Bold.ttf")


@cache
def shown() -> frozenset[int]:
    """The code points that exist both in the plain and in the bold faces."""
    return frozenset(_covered(PLAIN) & _covered(BOLD))


def _covered(names: tuple[str, ...]) -> set[int]:
    return {code for name in names for code in _characters((FONTS / name).read_bytes())}


def _characters(font: bytes) -> Iterator[int]:
    """The code points of a TrueType font, from its «cmap» table (OpenType specification, formats 4 and 12)."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {font[12 + 16 * i : 16 + 16 * i]: struct.unpack_from(">I", font, 20 + 16 * i)[0] for i in range(count)}
    cmap = tables[b"cmap"]
    (encodings,) = struct.unpack_from(">H", font, cmap + 2)
    for i in range(encodings):
        start = cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * i)[0]
        (form,) = struct.unpack_from(">H", font, start)
        if form == 4:
            yield from _format_4(font, start)
        elif form == 12:
            yield from _format_12(font, start)


def _format_4(font: bytes, start: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends, firsts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", font, start + 14 + shift)
        for shift in (0, 2 + 2 * segments, 2 + 4 * segments, 2 + 6 * segments)
    )
    table = start + 16 + 6 * segments  # where the offsets themselves begin: each counts from its own place
    for i, (first, last, delta, offset) in enumerate(zip(firsts, ends, deltas, offsets, strict=True)):
        for code in range(first, last + 1):
            if offset:
                (glyph,) = struct.unpack_from(">H", font, table + 2 * i + offset + 2 * (code - first))
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph and code != 0xFFFF:
                yield code


def _format_12(font: bytes, start: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", font, start + 12)
    for i in range(groups):
        first, last, _glyph = struct.unpack_from(">III", font, start + 16 + 12 * i)
        yield from range(first, last + 1)
