"""What the worker tidies each night: sessions, counts, codes and keys that are over."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from monespace.identity.devices import COOKIE_SECONDS
from monespace.identity.models import Device, EmailCode, Pending, RateCount, SmsCode, SpentToken
from monespace.identity.oidc import own_keys
from monespace.work import nightly

KEPT_DAYS = 2  # longer than the longest window of any limit


@nightly("identity.tidy", cron="30 2 * * *")
def tidy() -> None:
    """Deletes expired sessions, codes, keys, spent tokens and what waited in vain, and counts that no limit reads any more."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    EmailCode.objects.filter(expires_at__lt=now).delete()
    SmsCode.objects.filter(expires_at__lt=now - timedelta(hours=1)).delete()
    forget_devices(now - timedelta(seconds=COOKIE_SECONDS))
    Pending.objects.filter(expires_at__lt=now).delete()
    SpentToken.objects.filter(ends_at__lt=now).delete()
    own_keys.forget_over()
    RateCount.objects.filter(counted_at__lt=now - timedelta(days=KEPT_DAYS)).delete()


def forget_devices(before: datetime) -> None:
    """Devices whose cookie is gone by now; never a person's last one, so that the next is told to them as a new one."""
    later = Device.objects.filter(person=OuterRef("person"), seen_at__gt=OuterRef("seen_at"))
    Device.objects.filter(Exists(later), seen_at__lt=before).delete()
