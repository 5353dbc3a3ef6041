"""A sealed document is accepted; with one byte changed, cut, added or sealed by a stranger it is refused."""

import io
import random
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monespace.paper import checking, seal_file
from monespace.paper.check import check_pdf, trusted_seals
from monespace.paper.checking import Check, check_in_process
from monespace.paper.pdf import make_pdf
from monespace.paper.seal import SealError, load_sealer, new_seal, seal_pdf
from tests.paper import samples

RECEIPT = make_pdf("receipt", samples.RECEIPT, language="fr")


@pytest.fixture(scope="module")
def seal_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("seal") / "seal.pem"
    new_seal(path, name="Service régional des calamités")
    return path


@pytest.fixture(scope="module")
def sealed(seal_path) -> bytes:
    return seal_pdf(RECEIPT, reason="Récépissé 2026-CAL-0004217", sealer=load_sealer(seal_path))


@pytest.fixture(scope="module")
def trusted(seal_path):
    return trusted_seals(seal_path)


def test_a_sealed_receipt_is_intact_and_says_who_sealed_it_and_when(sealed, trusted):
    check = check_pdf(sealed, trusted=trusted)
    assert (check.intact, check.why, check.sealed_by) == (True, "intact", "Service régional des calamités")
    assert abs(datetime.now(UTC) - check.sealed_at) < timedelta(minutes=10)


def test_one_changed_byte_anywhere_is_refused(sealed, trusted):
    chance = random.Random(20261123)
    for place in chance.sample(range(len(sealed)), 200):
        changed = bytearray(sealed)
        changed[place] ^= 1 << chance.randrange(8)
        assert not check_pdf(bytes(changed), trusted=trusted).intact, place


def test_the_signature_s_own_bytes_are_protected_too(sealed, trusted):
    """Case, filling and unsigned fields of the envelope would not break the signature itself."""
    start = sealed.index(b"/Contents <") + len(b"/Contents <")
    for place in range(start, sealed.index(b">", start), 173):
        changed = bytearray(sealed)
        changed[place] = ord(b"1" if changed[place] == ord(b"0") else chr(changed[place]).swapcase())
        if bytes(changed) == sealed:
            changed[place] = ord(b"0")
        assert not check_pdf(bytes(changed), trusted=trusted).intact, place


def test_what_is_cut_or_added_is_refused(sealed, trusted):
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        pdf.docinfo["/Title"] = "Autre titre"
        rewritten = io.BytesIO()
        pdf.save(rewritten)
    cut = (sealed[:-1], sealed[: len(sealed) // 2])
    for changed in (*cut, sealed + b"\n", sealed + b"\n%%EOF\n", rewritten.getvalue()):
        assert not check_pdf(changed, trusted=trusted).intact


def test_an_update_appended_after_the_seal_is_refused(sealed, trusted):
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer, out = IncrementalPdfFileWriter(io.BytesIO(sealed)), io.BytesIO()
    writer.root["/Extra"] = generic.pdf_string("ajout")
    writer.update_root()
    writer.write(out)
    assert check_pdf(out.getvalue(), trusted=trusted).why == "added_to"


def test_a_stranger_s_seal_and_none_are_refused(trusted, tmp_path):
    new_seal(tmp_path / "other.pem", name="Service régional des calamités")
    forged = seal_pdf(RECEIPT, reason="x", sealer=load_sealer(tmp_path / "other.pem"))
    assert check_pdf(forged, trusted=trusted).why == "stranger"
    assert check_pdf(RECEIPT, trusted=trusted).why == "unsealed"
    assert check_pdf(forged, trusted=[]).why == "stranger"


def test_a_former_seal_is_still_recognised(sealed, seal_path, tmp_path):
    new_seal(tmp_path / "new.pem", name="Nouveau cachet")
    assert check_pdf(sealed, trusted=trusted_seals(tmp_path / "new.pem", seal_path)).intact


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda tail: b"%PDF-1.7\n" + tail))
def test_no_bytes_make_the_check_fail(content):
    assert not check_pdf(content, trusted=[]).intact


def test_codes_for_what_is_not_one_of_our_documents():
    assert check_pdf(b"", trusted=[]).why == "empty"
    assert check_pdf(b"GIF89a", trusted=[]).why == "not_a_pdf"
    assert check_pdf(b"%PDF-" + b"0" * checking.MAX_BYTES, trusted=[]).why == "too_large"


def test_the_seal_keeps_what_the_document_declares_and_its_tags(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
        assert str(pdf.Root.Lang) == "fr-BE"
        assert "/StructTreeRoot" in pdf.Root
        field = pdf.Root.AcroForm.Fields[0]
        assert str(field.T) == "Cachet"
        assert str(field.TU) == "Récépissé 2026-CAL-0004217"
        assert all(edge < 0 for edge in field.Rect)
        assert str(pdf.pages[0].obj.Tabs) == "/S"


def test_a_document_is_sealed_once_and_only_a_pdf(sealed, seal_path):
    sealer = load_sealer(seal_path)
    with pytest.raises(SealError):
        seal_pdf(sealed, reason="x", sealer=sealer)
    with pytest.raises(SealError):
        seal_pdf(b"not a pdf", reason="x", sealer=sealer)


def test_a_new_seal_is_private_marked_and_never_replaced(seal_path):
    assert stat.S_IMODE(seal_path.stat().st_mode) == 0o600
    assert seal_file.is_demonstration(seal_path)
    assert b"PRIVATE" not in seal_file.certificates_text(seal_path)
    with pytest.raises(FileExistsError):
        new_seal(seal_path, name="x")


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----"])
def test_an_unusable_seal_file_is_refused(content, tmp_path):
    (tmp_path / "seal.pem").write_bytes(content)
    with pytest.raises(SealError):
        load_sealer(tmp_path / "seal.pem")


def test_a_seal_whose_key_and_certificate_differ_is_refused(seal_path, tmp_path):
    new_seal(tmp_path / "other.pem", name="x")
    key = (tmp_path / "other.pem").read_bytes().split(b"-----BEGIN CERTIFICATE")[0]
    (tmp_path / "mixed.pem").write_bytes(key + seal_file.certificates_text(seal_path))
    with pytest.raises(SealError):
        load_sealer(tmp_path / "mixed.pem")


def test_a_child_process_gives_the_same_answers(sealed, seal_path):
    assert check_in_process(sealed, trusted=[seal_path]).why == "intact"
    assert check_in_process(sealed[:-9] + b"%" + sealed[-8:], trusted=[seal_path]).intact is False
    assert check_in_process(b"", trusted=[seal_path]).why == "empty"
    assert check_in_process(sealed, trusted=[seal_path], seconds=0).why == "took_too_long"


def test_the_command_prints_one_line_of_json(sealed, seal_path):
    command = [sys.executable, "-m", "monespace.paper.check", "--trusted", str(seal_path)]
    line = subprocess.run(command, input=sealed, capture_output=True, check=True).stdout
    assert Check.from_json(line).intact
