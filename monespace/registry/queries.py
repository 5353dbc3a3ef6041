"""Looking things up in the mirror."""

from datetime import date

from django.db.models import Q
from stdnum.be import vat

from monespace.prepared import Asked, Prepared
from monespace.registry.models import Enterprise, FormerNumber, LegalFunction
from monespace.registry.policy import is_frozen, represents


def clean_number(text: str) -> str:
    """Ten digits from what a person typed («BE 0200.065.765»); raises stdnum.exceptions.ValidationError."""
    return vat.validate(text.strip())


BY_NUMBER: Prepared[Enterprise] = Prepared(lambda asked: Enterprise.objects.filter(number=asked("number")))


def by_number(number: str) -> tuple[Enterprise | None, bool]:
    """The enterprise with this number, and whether the number is its current one."""
    found = BY_NUMBER.first(number=number)
    if found:
        return found, True
    former = FormerNumber.objects.select_related("enterprise").filter(number=number).first()
    return (former.enterprise, False) if former else (None, False)


def current_functions(on: date | Asked) -> Q:
    """Functions in force on a day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


FUNCTIONS: Prepared[LegalFunction] = Prepared(
    lambda asked: LegalFunction.objects.filter(
        current_functions(asked("on")), enterprise_id=asked("enterprise")
    ).order_by("id")
)


def representatives(enterprise: Enterprise, on: date) -> list[LegalFunction]:
    """Those who represent the enterprise on a day, in the register's order."""
    frozen = is_frozen(enterprise.situation, enterprise.gone_on is not None)
    functions = FUNCTIONS(enterprise=enterprise.pk, on=on)
    return [function for function in functions if represents(enterprise.kind, function.code, frozen=frozen)]


def represented_by(person_hash: str, on: date) -> list[LegalFunction]:
    """The functions by which a person represents enterprises on a day, each with its enterprise."""
    functions = (
        LegalFunction.objects.filter(current_functions(on), person_hash=person_hash)
        .select_related("enterprise")
        .order_by("enterprise__name", "id")
    )
    return [
        function
        for function in functions
        if represents(
            function.enterprise.kind,
            function.code,
            frozen=is_frozen(function.enterprise.situation, function.enterprise.gone_on is not None),
        )
    ]
