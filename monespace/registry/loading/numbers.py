"""A change of enterprise number: the entity stays, its address changes (KBO technical manual 5.3)."""

from datetime import date

from django.db import transaction

from monespace.registry.models import Enterprise, FormerNumber


@transaction.atomic
def change_number(old: str, new: str, *, on: date) -> Enterprise:
    """The enterprise `old` is called `new` from that day; its internal id, titles and dossiers stay. Doing it twice changes nothing.

    The extract may have brought the new number first, as if it were another enterprise: that empty double is merged away.
    Raises Enterprise.DoesNotExist when no enterprise ever had the old number, ProtectedError when the double is already used.
    """
    former = FormerNumber.objects.select_related("enterprise").filter(number=old).first()
    if former:
        return former.enterprise
    enterprise = Enterprise.objects.select_for_update().get(number=old)
    double = Enterprise.objects.select_for_update().filter(number=new).first()
    if double:
        take_over(enterprise, double)
    enterprise.number, enterprise.gone_on = new, None
    enterprise.save()
    FormerNumber.objects.create(number=old, enterprise=enterprise, until=on)
    return enterprise


def take_over(enterprise: Enterprise, double: Enterprise) -> None:
    """What the register says of the new number becomes what it says of the entity; the double goes."""
    for field in Enterprise._meta.concrete_fields:
        if field.name not in {"id", "number"}:
            setattr(enterprise, field.name, getattr(double, field.name))
    if double.functions.exists():
        enterprise.functions.all().delete()
        double.functions.update(enterprise=enterprise)
    double.delete()
