"""Sealing, look-up hash and masking."""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from monespace.vault.keys import keys

NONCE_BYTES = 12


def seal(text: str) -> str:
    """Seals a text; the token reads `v1.<key id>.<base64 of nonce and ciphertext>`."""
    held = keys()
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(held.sealing[held.current]).encrypt(nonce, text.encode(), held.current.encode())
    return f"v1.{held.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def open_sealed(token: str) -> str:
    """Opens a token; raises ValueError when it was altered or its key is gone."""
    try:
        _version, key_id, body = token.split(".")
        raw = base64.urlsafe_b64decode(body)
        key = keys().sealing[key_id]
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], key_id.encode()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        raise ValueError("This sealed value cannot be opened with the keys in force.") from error


def lookup_hash(text: str) -> str:
    """The keyed hash under which a national number is looked up: 64 hexadecimal characters; only digits count."""
    digits = "".join(filter(str.isdigit, text))
    return hmac.new(keys().hashing, digits.encode(), hashlib.sha256).hexdigest()


def masked(number: str) -> str:
    """What people see of a national number: «85.07.30-***.**»."""
    digits = "".join(filter(str.isdigit, number))
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-***.**"
