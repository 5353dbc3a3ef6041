"""The relying party: OpenID Connect code flow with PKCE towards the federal service (or whoever stands for it)."""

from monespace.identity.oidc.flow import begin, finish, sign_out_address
from monespace.identity.proof import Proof, Refused

__all__ = ["Proof", "Refused", "begin", "finish", "sign_out_address"]
