"""What `monespace check` says of the OpenID Connect providers: reached from here, as agreed, with keys on both sides."""

import os
import socket
import ssl
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

OLD_KEYS = 400  # days
SOON = 21  # days that a provider's certificate should still have


def oidc() -> Iterator[str]:
    """Every reason why signing in by a configured provider would fail."""
    from django.core.exceptions import ImproperlyConfigured

    from monespace.identity.oidc.clients import KINDS, clients
    from monespace.identity.ways import ways

    try:
        found = clients()
    except ImproperlyConfigured as error:
        yield str(error)
        return
    for client in found:
        yield from theirs(client)
        yield from ours(client)
    for way in ways():
        if way.by in KINDS - {client.name for client in found}:
            yield f"SIGN_IN_FILE offers {way.id} by {way.by}, which has no settings: set {way.by.upper()}_ISSUER and what goes with it."


def theirs(client) -> Iterator[str]:
    """Its metadata and keys must be there, and offer what was agreed."""
    from monespace.identity.oidc.provider import ProviderDown, metadata, published

    try:
        said = metadata(client)
        keys = published(said["jwks_uri"])
    except ProviderDown as error:
        yield f"Identity provider {client.name} cannot be used ({error}): its issuer must be {client.issuer} exactly."
        return
    if not any(set(client.algorithms) & key["algorithms"] for key in keys):
        yield f"Identity provider {client.name} publishes no key for {', '.join(client.algorithms)}."
    if client.authentication not in said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        yield f"Identity provider {client.name} does not offer {client.authentication}."
    for name, one in zip(("alg", "enc"), client.encryption, strict=False):
        if one not in said.get(f"id_token_encryption_{name}_values_supported", []):
            yield f"Identity provider {client.name} does not encrypt with {one}."


def ours(client) -> Iterator[str]:
    """Keys of ours where it needs them, at an address on https."""
    from django.conf import settings
    from django.db import DatabaseError

    from monespace.identity.oidc import own_keys

    if client.authentication != "private_key_jwt" and not client.client_secret:
        yield f"Identity provider {client.name}: its client secret is not set."
    if not client.own_keys:
        return
    if not settings.HTTPS:
        yield f"Identity provider {client.name} reads our keys at SITE_URL, which must be on https."
    try:
        uses = {key.use for key in own_keys.in_force()}
        own_keys.published()
    except DatabaseError:
        return  # said among what concerns the database
    except ValueError:
        yield "Our keys at identity providers cannot be opened with KEYS_FILE: make new ones (monespace keys rotate --at-once)."
        return
    if uses != {"sig", "enc"}:
        yield f"Identity provider {client.name} needs keys of ours: make the first ones with «monespace keys rotate»."


def oidc_remarks() -> Iterator[str]:
    """What is worth a look: certificates that end soon, keys of ours that are old."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError
    from django.utils import timezone

    from monespace.identity.oidc import own_keys
    from monespace.identity.oidc.clients import clients

    try:
        found = clients()
        ages = [(timezone.now() - key.made_at).days for key in own_keys.in_force().filter(ends_at=None)]
    except (ImproperlyConfigured, DatabaseError):
        return
    for client in found:
        if client.https and (days := days_left(client.issuer)) is not None:
            soon = ": ask the provider when it is renewed" if days < SOON else ""
            yield f"The certificate of identity provider {client.name} is valid for {days} days more{soon}."
    if ages:
        old = ": change them (monespace keys rotate)" if max(ages) > OLD_KEYS else ""
        yield f"Our keys at identity providers are {max(ages)} days old{old}."


def days_left(address: str) -> int | None:
    """How many days the certificate at this address is still valid; None when there is no trusted one."""
    parts = urlsplit(address)
    trusted = ssl.create_default_context(cafile=os.environ.get("REQUESTS_CA_BUNDLE") or None)
    try:
        with (
            socket.create_connection((parts.hostname or "", parts.port or 443), timeout=5) as line,
            trusted.wrap_socket(line, server_hostname=parts.hostname) as secured,
        ):
            ends = str((secured.getpeercert() or {}).get("notAfter"))
            return int((ssl.cert_time_to_seconds(ends) - time.time()) // 86400)
    except (OSError, ValueError):
        return None
