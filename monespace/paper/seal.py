"""Seals a PDF: PAdES B-B, with the administration's key. Worker only: loads pyHanko."""

import io
import re
from functools import cache
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .seal_file import certificates, new_seal

__all__ = ["SealError", "Sealer", "load_sealer", "new_seal", "seal_pdf"]
FIELD = "Cachet"
KEY = re.compile(rb"-----BEGIN (?:EC )?PRIVATE KEY-----.+?-----END (?:EC )?PRIVATE KEY-----", re.S)
Sealer = signers.SimpleSigner


class SealError(Exception):
    """The seal cannot be used, or the document cannot be sealed."""


def seal_pdf(pdf: bytes, *, reason: str, sealer: Sealer | None = None) -> bytes:
    """The same PDF with the seal added at its end; without `sealer`, the seal of settings.SEAL_FILE.

    The signature field stands outside the page: an invisible one of no size would break PDF/UA.
    Raises SealError when there is no usable seal, or when the PDF already carries one.
    """
    sealer = sealer or _sealer_of_settings()
    writer = _writer(pdf)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, reason=reason, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    place = fields.SigFieldSpec(
        FIELD, invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True), readable_field_name=reason
    )
    try:
        out = signers.PdfSigner(metadata, signer=sealer, new_field_spec=place).sign_pdf(writer)
    except SigningError as error:
        raise SealError(str(error)) from error
    return out.getvalue()


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    """Writes at the PDF's end; the first page, which will carry the field, must say its tab order (PDF/UA, 7.18.3)."""
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        page = writer.find_page_for_modification(0)[0].get_object()
    except (PdfError, ValueError) as error:
        raise SealError("This is not a PDF that can be sealed.") from error
    page["/Tabs"] = generic.NameObject("/S")
    writer.update_container(page)
    return writer


def load_sealer(path: str | Path) -> Sealer:
    """The seal held by a PEM file: a P-256 key and its certificates, the sealing one first. Raises SealError."""
    try:
        chain = certificates(path)
        pem = KEY.search(Path(path).read_bytes())
        key = serialization.load_pem_private_key(pem[0] if pem else b"", password=None)
    except (OSError, ValueError, TypeError) as error:
        raise SealError("The seal file must hold a private key and its certificates, in PEM.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != chain[0].public_key():
        raise SealError("The first certificate of the seal file must be the one of its elliptic-curve key.")
    return _signer(key, [asn1_x509.Certificate.load(c.public_bytes(serialization.Encoding.DER)) for c in chain])


def _signer(key: ec.EllipticCurvePrivateKey, chain: list[asn1_x509.Certificate]) -> Sealer:
    der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    store = SimpleCertificateStore()
    store.register_multiple(chain[1:])
    return Sealer(signing_cert=chain[0], signing_key=asn1_keys.PrivateKeyInfo.load(der), cert_registry=store)


def _sealer_of_settings() -> Sealer:
    from django.conf import settings  # read late: this module also serves processes without settings

    if not settings.SEAL_FILE:
        raise SealError("Set SEAL_FILE: the key and certificates that seal receipts and letters.")
    return _cached_sealer(settings.SEAL_FILE)


@cache
def _cached_sealer(path: str) -> Sealer:
    return load_sealer(path)
