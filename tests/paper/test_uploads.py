"""What is uploaded is opened: only real PDFs, photos and, where asked for, spreadsheets come in."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from monespace.paper import files
from monespace.paper.files import inspect
from monespace.paper.opening import inspect_in_process
from monespace.paper.signatures import Why, first_look
from tests.paper.samples import picture

XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"}


def pdf_with(pages: int = 1, **save) -> bytes:
    out, document = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    document.save(out, **save)
    return out.getvalue()


def photo(**save) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(out, "JPEG", **save)
    return out.getvalue()


def packed(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def huge_png() -> bytes:
    """A few bytes that claim 40 000 by 40 000 points."""
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def bomb(megabytes: int) -> bytes:
    """A PDF of a few kB whose list of pages unpacks twice, to so many megabytes of blanks."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>> ",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>> ",
        b"<</Type/Page/Parent 2 0 R>> ",
    ]
    head = b"1 0 2 %d 3 %d " % (len(parts[0]), len(parts[0]) + len(parts[1]))
    packer = zlib.compressobj(9)
    inside = packer.compress(head + b"".join(parts))
    inside += b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    data = zlib.compress(inside, 9)
    objects = (
        b"5 0 obj<</Type/ObjStm/N 3/First %d/Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream endobj\n"
    )
    start = b"%PDF-1.5\n"
    first = start + objects % (len(head), len(data), data)
    rows = [(0, 0, 65535), (2, 5, 0), (2, 5, 1), (2, 5, 2), (0, 0, 0), (1, len(start), 0), (1, len(first), 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    index = b"6 0 obj<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%s\nendstream endobj\n" % (
        len(table),
        table,
    )
    return first + index + b"startxref\n%d\n%%%%EOF\n" % len(first)


LOCKED = pikepdf.Encryption(owner="o", user="u")
CLOSED = pikepdf.Encryption(owner="o", user="")


@pytest.mark.parametrize(
    ("content", "name", "declared"),
    [
        (pdf_with(), "devis.pdf", "application/pdf"),
        (pdf_with() + b"\r\n\0\0", "devis.PDF", ""),
        (photo(), "IMG_1.jpg", "image/jpeg"),
        (photo(progressive=True), "photo.jpeg", "application/octet-stream"),
        (picture(), "plan.png", "image/png"),
    ],
    ids=lambda value: "content" if isinstance(value, bytes) else None,
)
def test_real_documents_come_in(content, name, declared):
    found = inspect(content, name, declared)
    assert (found.ok, found.why) == (True, None)
    assert found.media_type in {"application/pdf", "image/jpeg", "image/png"}


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "devis.pdf", Why.EMPTY),
        (pdf_with(0), "devis.pdf", Why.EMPTY),
        (pdf_with(encryption=LOCKED), "devis.pdf", Why.PASSWORD),
        (pdf_with(encryption=CLOSED), "devis.pdf", Why.PROTECTED),
        (pdf_with()[:-200], "devis.pdf", Why.DAMAGED),
        (b"%PDF-1.7\nrien\n%%EOF", "devis.pdf", Why.DAMAGED),
        (photo(), "devis.pdf", Why.NOT_WHAT_IT_SAYS),
        (pdf_with(), "photo.jpg", Why.NOT_WHAT_IT_SAYS),
        (b"MZ\x90\0", "facture.exe", Why.KIND),
        (packed(XLSX), "liste.xlsx", Why.KIND),
        (pdf_with(), "../../devis.pdf", Why.NAME),
        (pdf_with(), "devis\u202efdp.pdf", Why.NAME),
        (photo()[:2000], "photo.jpg", Why.DAMAGED),
        (picture()[:-20], "plan.png", Why.DAMAGED),
        (huge_png(), "plan.png", Why.TOO_MANY_PIXELS),
        (pdf_with() + packed(XLSX), "devis.pdf", Why.MIXED),
        (pdf_with() + b"<script>alert(1)</script>", "devis.pdf", Why.MIXED),
        (b"%PDF-1.7\n<HTML>" + pdf_with(), "devis.pdf", Why.MIXED),
        (photo() + packed(XLSX), "photo.jpg", Why.MIXED),
        (photo(comment=b"%PDF-1.7"), "photo.jpg", Why.MIXED),
        (picture() + b"more", "plan.png", Why.MIXED),
    ],
    ids=lambda value: "content" if isinstance(value, bytes) else None,
)
def test_everything_else_is_refused_with_its_reason(content, name, why):
    found = inspect(content, name)
    assert (found.ok, found.why) == (False, why)


def test_a_kind_declared_otherwise_is_refused():
    assert inspect(photo(), "photo.jpg", "application/pdf").why == Why.NOT_WHAT_IT_SAYS


def test_spreadsheets_come_in_where_they_are_asked_for():
    allowed = ("xlsx", "ods")
    assert inspect(packed(XLSX), "liste.xlsx", allowed=allowed).ok
    assert inspect(packed(ODS), "liste.ods", allowed=allowed).ok
    assert inspect(packed(XLSX), "liste.ods", allowed=allowed).why == Why.NOT_WHAT_IT_SAYS
    assert inspect(packed(XLSX | {"xl/vbaProject.bin": b"x"}), "liste.xlsx", allowed=allowed).why == Why.MACROS
    assert inspect(b"PK\x03\x04 rien", "liste.xlsx", allowed=allowed).why == Why.DAMAGED


def test_a_packed_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(files, "UNPACKED_MAX", 1_000)
    bomb = packed(XLSX | {"xl/sheet.xml": b"0" * 5_000})
    assert inspect(bomb, "liste.xlsx", allowed=("xlsx",)).why == Why.TOO_MUCH_INSIDE


def test_a_pdf_that_unpacks_to_more_than_we_give_stops_its_own_process_only():
    assert inspect_in_process(bomb(1), "devis.pdf").ok
    assert len(bomb(1_500)) < 20_000
    assert not inspect_in_process(bomb(1_500), "devis.pdf").ok


def test_the_process_that_opens_says_what_the_inspection_says():
    assert inspect_in_process(pdf_with(), "devis.pdf") == inspect(pdf_with(), "devis.pdf")
    assert inspect_in_process(photo(), "é\u202e\n.pdf").why == Why.NAME
    assert inspect_in_process(photo()[:2000], "photo.jpg").why == Why.DAMAGED
    largest = io.BytesIO()
    Image.new("RGBA", (7_000, 7_000)).save(largest, "PNG")
    assert inspect_in_process(largest.getvalue(), "plan.png").ok


def test_a_file_on_disk_is_opened_as_well_and_never_read_when_too_large(tmp_path):
    path = tmp_path / "stored"
    path.write_bytes(pdf_with())
    assert inspect(path, "devis.pdf").ok
    assert inspect(path, "devis.pdf", max_bytes=10).why == Why.TOO_LARGE


def test_a_first_look_needs_only_name_size_and_first_bytes():
    assert first_look("a.pdf", 100, b"%PDF-1.7").ok
    assert first_look("a.pdf", 0, b"").why == Why.EMPTY
    assert first_look("a.pdf", 30_000_000, b"%PDF-1.7").why == Why.TOO_LARGE
    assert first_look("a", 100, b"%PDF-1.7").why == Why.KIND


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]), st.binary(max_size=300))
def test_no_bytes_make_the_inspection_fail(start, rest):
    for name in ("a.pdf", "a.jpg", "a.png", "a.xlsx"):
        inspect(start + rest, name, allowed=("pdf", "jpg", "png", "xlsx"))
