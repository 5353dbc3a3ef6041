"""Rate limits, counted in PostgreSQL in transactions of their own use: a refused try counts too."""

import hashlib
import time

from django.conf import settings
from django.db import connection


class TooMany(Exception):
    """Tried too often. `retry_after` is in seconds."""

    def __init__(self, retry_after: int):
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after

    @property
    def minutes(self) -> int:
        """Whole minutes after which it may be tried again."""
        return self.retry_after // 60 + 1


def count_try(what: str, who: object, *, limit: int, seconds: int) -> None:
    """Counts one try of `what` by `who` (an id or an address, kept only as a hash); raises TooMany past `limit` in the window."""
    if not settings.RATE_LIMITS:
        return
    now = int(time.time())
    window = now // seconds
    key = hashlib.sha256(f"{settings.SECRET_KEY}|{what}|{who}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO identity_ratecount (key, "window", count) VALUES (%s, %s, 1) '
            'ON CONFLICT (key, "window") DO UPDATE SET count = identity_ratecount.count + 1 RETURNING count',
            [key, window],
        )
        (count,) = cursor.fetchone()
    if count > limit:
        raise TooMany((window + 1) * seconds - now)


def may_begin(*, address: str) -> None:
    """Counts one departure towards a way of signing in; raises TooMany. A commune's four hundred people share an address."""
    count_try("sign-in begun", address, limit=3000, seconds=3600)


def may_be_wrong(*, address: str) -> None:
    """Counts one answer that was refused; raises TooMany."""
    count_try("sign-in refused", address, limit=1500, seconds=3600)
