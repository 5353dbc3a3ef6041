"""The relying party: OpenID Connect code flow with PKCE towards the federal service, itsme, or whoever stands for them."""

from monespace.identity.oidc.flow import begin, finish, sign_out_address
from monespace.identity.oidc.provider import ProviderDown
from monespace.identity.proof import Proof, Refused

__all__ = ["Proof", "ProviderDown", "Refused", "begin", "finish", "sign_out_address"]
