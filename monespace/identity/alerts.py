"""What a person is told when something about their own access changes, whoever changed it: a mail and a line in the inbox."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace.identity.models import Device, Person, SignIn
from monespace.identity.words import device_words, method_words
from monespace.notices.actions import letter, mail, tell
from monespace.ui.look import moment


def alert(person: Person, said: Callable[[], tuple[str, str]], *, path: str, to: str | None = None) -> None:
    """Tells a person in their language. `said` gives (what happened in a line, what to do about it); `to`: another address
    than the one that they confirmed, the old one when it changed."""
    address = person.email if to is None else to
    with override(person.language):
        happened, advice = said()
        tell(person.pk, happened, language=person.language, path=path)
        if address:
            mail(address, happened, letter(f"{happened}\n\n{advice}", path), language=person.language)


def not_you() -> str:
    """What to do when somebody else did it."""
    return _(
        "If it was you, you have nothing to do. If it was not: sign in, open “Sessions and devices” in your profile, press "
        "“Sign out everywhere”, and call us."
    )


def new_device(entered: SignIn, device: Device) -> None:
    """Somebody signed in with a device that this person had not used before."""

    def said() -> tuple[str, str]:
        known = {"method": method_words(entered.method), "device": device_words(device), "at": moment(timezone.now())}
        happened = _("Someone signed in to Mon Espace in your name with a new device (%(device)s)") % known
        facts = _("Device: %(device)s\nMeans: %(method)s\nTime: %(at)s") % known
        private = _("A private window, or a browser whose cookies were deleted, counts as a new device.")
        return happened, f"{facts}\n\n{not_you()}\n\n{private}"

    alert(entered.person, said, path=reverse("identity:sessions"))


def address_changed(person: Person, old: str) -> None:
    """The person's address is another one, or none any more: said to the address that it was."""

    def said() -> tuple[str, str]:
        happened = _("The e-mail address of your account in Mon Espace was changed")
        return happened, _("From now on our messages no longer come to this address.") + "\n\n" + not_you()

    if old:
        alert(person, said, path=reverse("identity:profile"), to=old)


def telephone_changed(person: Person) -> None:
    """The number at which agents call the person is another one, or none any more."""

    def said() -> tuple[str, str]:
        return _("The telephone number of your account in Mon Espace was changed"), not_you()

    alert(person, said, path=reverse("identity:profile"))


def number_bound(person: Person, ending: str) -> None:
    """From now on a code sent to this number opens the person's space; `ending`: its last two digits."""

    def said() -> tuple[str, str]:
        happened = _("A mobile number ending in %(end)s can now be used to sign in to your Mon Espace") % {
            "end": ending
        }
        return happened, not_you()

    alert(person, said, path=reverse("identity:phone"))


def number_left(person: Person, ending: str) -> None:
    """A number no longer opens the person's space, because they or somebody in their name wanted it so."""

    def said() -> tuple[str, str]:
        happened = _("The mobile number ending in %(end)s can no longer be used to sign in to your Mon Espace")
        return happened % {"end": ending}, not_you()

    alert(person, said, path=reverse("identity:phone"))


def number_taken(person: Person, ending: str) -> None:
    """The number now belongs to somebody else, who proved it."""

    def said() -> tuple[str, str]:
        happened = _(
            "Your mobile number ending in %(end)s is now used by another person and no longer opens your Mon Espace"
        )
        advice = _("If you still have this number, call us. Otherwise bind your new number in your profile.")
        return happened % {"end": ending}, advice

    alert(person, said, path=reverse("identity:phone"))


def password_changed(person: Person) -> None:
    """The password beside the SMS code was chosen, changed or removed."""

    def said() -> tuple[str, str]:
        return _("The password that goes with your SMS code was changed"), not_you()

    alert(person, said, path=reverse("identity:phone"))
