"""The one exception that says no."""

from typing import Literal

Reason = Literal[
    "parse",
    "wrong-purpose",
    "disallowed-policy",
    "expired",
    "not-yet-valid",
    "not-trusted",
    "ocsp-unreachable",
    "ocsp-invalid",
    "revoked",
    "unknown",
    "signature",
    "identity",
]
About = Literal["token", "card", "authority", "responder", "signing"]


class TokenRejected(Exception):
    """A token that must not be believed.

    `reason` is a code for programs, `sentence` is for logs and never repeats what the token says, `about` names the part
    that was refused: the token, the card's certificate, its issuing authority, the OCSP responder, a signing certificate."""

    def __init__(self, reason: Reason, sentence: str, *, about: About = "token"):
        super().__init__(f"{sentence} [{reason}]")
        self.reason, self.sentence, self.about = reason, sentence, about
