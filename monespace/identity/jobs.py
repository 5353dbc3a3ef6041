"""What the worker tidies each night: sessions, counts, codes and keys that are over."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from monespace.identity.models import EmailCode, RateCount, SpentToken
from monespace.identity.oidc import own_keys
from monespace.work import nightly

KEPT_DAYS = 2  # longer than the longest window of any limit


@nightly("identity.tidy", cron="30 2 * * *")
def tidy() -> None:
    """Deletes expired sessions, codes, keys and spent tokens, and counts of rate limits that no limit reads any more."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    EmailCode.objects.filter(expires_at__lt=now).delete()
    SpentToken.objects.filter(ends_at__lt=now).delete()
    own_keys.forget_over()
    RateCount.objects.filter(counted_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
