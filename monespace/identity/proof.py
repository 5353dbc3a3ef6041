"""What every way of signing in ends with: a proof, or a refusal with its code."""

from typing import NamedTuple


class Refused(Exception):
    """Nobody is proven to be anybody. `code` says why: it is shown as a sentence, written in the log and in the journal."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Proof(NamedTuple):
    """What a sign-in proved. `level` is the federal service's number (assurance.py); `issuer` and `subject` are the name under
    which whoever proved it knows the person, empty where there is none; `sid` names the session at the provider."""

    national_number: str
    given_names: str
    family_name: str
    language: str
    method: str
    level: int
    id_token: str = ""
    provider: str = "fas"
    issuer: str = ""
    subject: str = ""
    sid: str = ""
