"""Writing the ledger: the last statement of an act's transaction."""

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from monespace.journal.models import Entry
from monespace.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST: Prepared[Entry] = Prepared(
    lambda asked: Entry.objects.filter(chain=asked("chain")).order_by("-position").only("position", "digest")[:1]
)
PORTAL = "portal"  # the chain of acts that belong to no space


def key_of_space(*, enterprise: UUID | None, person: UUID | None) -> str:
    """The key by which the journal knows a space: the enterprise's, else the person's own."""
    return f"enterprise:{enterprise}" if enterprise else f"person:{person}"


def write(
    act: str,
    *,
    person: UUID | None,
    space: str = "",
    on: tuple[str, object] = ("", ""),
    role: str = "",
    sign_in=None,
    detail: "Mapping[str, str | int | bool] | None" = None,
) -> Entry:
    """Appends one entry to the chain of `space` (its key) or of the portal, inside the caller's transaction.

    `act` is a code («dossier.submitted»); `on` is (kind, opaque id); `sign_in` gives method and level. Values are codes and
    ids only. The chain's last row is found under an advisory lock that ends with the transaction.
    """
    chain = space or PORTAL
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [chain])
    last = LAST.first(chain=chain)
    entry = Entry(
        at=datetime.now(UTC),
        chain=chain,
        position=(last.position + 1 if last else 1),
        act=act,
        person=person,
        space=space,
        on_kind=on[0],
        on_id=str(on[1]),
        role=role,
        method=sign_in.method if sign_in else "",
        level=sign_in.level if sign_in else None,
        detail=dict(detail or {}),
        previous=last.digest if last else "",
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def digest_of(entry: Entry) -> str:
    """SHA-256 over the entry's content and the previous digest: what makes a change behind the portal's back visible."""
    content = [
        entry.previous,
        entry.chain,
        entry.position,
        entry.at.astimezone(UTC).isoformat(),
        entry.act,
        str(entry.person or ""),
        entry.space,
        entry.on_kind,
        entry.on_id,
        entry.role,
        entry.method,
        entry.level,
        entry.detail,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
