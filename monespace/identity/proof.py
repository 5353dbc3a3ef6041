"""What a way of signing in proved, or why it proved nothing: the one small interface behind which all ways stand."""

from typing import NamedTuple


class Refused(Exception):
    """The answer does not prove an identity. `code` says why; it is shown as a sentence and written in the journal."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Proof(NamedTuple):
    """What a sign-in proved."""

    national_number: str
    given_names: str
    family_name: str
    language: str
    method: str
    level: int
    provider: str
    issuer: str
    subject: str
    id_token: str = ""
    sid: str = ""
