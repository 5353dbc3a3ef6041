"""Web eID authentication tokens: whether a card signed this challenge for this site, and whose card it is.

Pure: the standard library and `cryptography`, nothing of this portal. README.md says how to use it and what it decides."""

from .errors import TokenRejected
from .identity import Identity
from .ocsp import Checker, Fetch, Ocsp, Responder
from .policies import MOBILE_ID_POLICIES
from .validation import validate

__all__ = ["MOBILE_ID_POLICIES", "Checker", "Fetch", "Identity", "Ocsp", "Responder", "TokenRejected", "validate"]
