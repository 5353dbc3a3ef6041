"""Is this PDF one that we sealed, to the last byte? Loads pyHanko: worker, or a child process (see `checking`).

python -m monespace.paper.check --trusted SEAL.pem < document.pdf      prints one line of JSON
"""

import argparse
import io
import logging
import sys
from collections.abc import Sequence

from asn1crypto import cms, x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .checking import MARK, MAX_BYTES, SECONDS, Check, refused
from .child import limit
from .seal_file import CERTIFICATE, certificates

Chain = Sequence[x509.Certificate]  # the sealing certificate, then those above it
MEMORY = 1_000_000_000
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)  # it would quote a stranger's file in our logs


def check_pdf(pdf: bytes, *, trusted: Sequence[Chain]) -> Check:
    """Whether the PDF carries exactly one seal, of one of the trusted chains, and not one byte changed since.

    The sealing certificate itself is trusted, not the authority above it, which also serves others.
    Never raises, whatever the bytes; the codes of `why` are listed in `checking`.
    """
    if not pdf or len(pdf) > MAX_BYTES:
        return refused("too_large" if pdf else "empty")
    if not pdf.startswith(b"%PDF-"):
        return refused("not_a_pdf")
    try:
        return _check(pdf, trusted)
    except Exception:
        # A hostile file can make the reader fail in any way: whatever the way, the file is not one that we sealed.
        return refused("damaged")


def trusted_seals(*paths: str) -> list[Chain]:
    """The chains of seal files. Raises OSError, or ValueError for a file without certificate."""
    return [[x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in certificates(path)] for path in paths]


def _check(pdf: bytes, trusted: Sequence[Chain]) -> Check:
    seals = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if len(seals) != 1:
        return refused("several_seals" if seals else "unsealed")
    seal = seals[0]
    chain = next((chain for chain in trusted if chain[0].dump() == seal.signer_cert.dump()), None)
    if chain is None:
        return refused("stranger")
    return _judged(pdf, seal, chain)


def _judged(pdf: bytes, seal: EmbeddedPdfSignature, chain: Chain) -> Check:
    at, signer = seal.self_reported_timestamp, chain[0]
    if at is None or not signer.not_valid_before <= at <= signer.not_valid_after:
        return refused("out_of_date")
    context = ValidationContext(trust_roots=[signer], allow_fetching=False, moment=at)
    status = validate_pdf_signature(seal, context, skip_diff=True)
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return refused("added_to")
    if not (status.intact and status.valid and status.trusted and _envelope_is_ours(pdf, seal, chain)):
        return refused("changed")
    return Check(intact=True, sealed_by=signer.subject.native.get("common_name"), sealed_at=at, why="intact")


def _envelope_is_ours(pdf: bytes, seal: EmbeddedPdfSignature, chain: Chain) -> bool:
    """Whether the signature's own bytes, which it cannot protect itself, are exactly those that we write.

    The hexadecimal text is the only hole in what is signed: case, filling and the unsigned fields of the
    envelope could be changed there without breaking the signature. So the envelope is built again and compared.
    """
    start, length, resumed, rest = (int(part) for part in seal.byte_range)
    hole = pdf[length:resumed]
    ours = _rebuilt(seal, chain).hex().upper().encode()
    return (
        (start, resumed + rest) == (0, len(pdf))
        and hole[:1] + hole[-1:] == b"<>"
        and hole[1:-1] == ours.ljust(len(hole) - 2, b"0")
    )


def _rebuilt(seal: EmbeddedPdfSignature, chain: Chain) -> bytes:
    """The envelope (CMS SignedData) around the signed attributes and the signature, in our way of writing it."""
    info, signer = seal.signer_info, chain[0]
    digest = cms.DigestAlgorithm({"algorithm": "sha256"})
    ours = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                name="issuer_and_serial_number",
                value=cms.IssuerAndSerialNumber({"issuer": signer.issuer, "serial_number": signer.serial_number}),
            ),
            "digest_algorithm": digest,
            "signed_attrs": cms.CMSAttributes.load(info["signed_attrs"].untag().dump(force=True)),
            "signature_algorithm": cms.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": info["signature"].native,
        }
    )
    content = {
        "version": "v1",
        "digest_algorithms": cms.DigestAlgorithms((digest,)),
        "encap_content_info": {"content_type": "data"},
        "certificates": list(chain),
        "signer_infos": [ours],
    }
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump(force=True)


def main() -> None:
    """Reads a PDF on standard input, within limits of size, memory and time; prints the check as one line of JSON."""
    parser = argparse.ArgumentParser(description="Check a sealed PDF.")
    parser.add_argument("--trusted", action="append", default=[], help="a seal file, or its certificates alone (PEM)")
    parser.add_argument("--trusted-first", action="store_true", help="certificates come first on standard input")
    options = parser.parse_args()
    limit(seconds=SECONDS, memory=MEMORY)
    trusted = trusted_seals(*options.trusted)
    given = sys.stdin.buffer.read(MAX_BYTES + 1_000_000)
    if options.trusted_first:
        pems, _, given = given.partition(MARK)
        trusted = [_chain(pem) for pem in pems.split(b"\0") if pem]
    sys.stdout.write(check_pdf(given, trusted=trusted).as_json() + "\n")


def _chain(pem: bytes) -> Chain:
    found = [load_pem_x509_certificate(one) for one in CERTIFICATE.findall(pem)]
    return [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in found]


if __name__ == "__main__":
    main()
