"""How far the first configuration of an enterprise is: what is done, by whom, what waits on whom since when."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from monespace.identity.models import Person
from monespace.registry.models import Enterprise, LegalFunction
from monespace.registry.queries import representatives
from monespace.spaces.models import Invitation, Title, TitleKind
from monespace.spaces.queries import managers_of, running_titles, waiting_invitations
from monespace.spaces.words import functions_text
from monespace.ui.look import day


@dataclass(frozen=True)
class Progress:
    """The state of the first configuration, as a representative sees it."""

    enterprise: Enterprise
    person: Person
    at: datetime
    mine: list[LegalFunction]  # the functions by which the person represents the enterprise
    others: list[LegalFunction]
    gaps: list[Title]
    designations: list[Invitation]  # of a GAP, not over
    has_roles: bool

    @property
    def alone(self) -> bool:
        """Whether the person represents the enterprise without a second signature."""
        return any(not function.joint for function in self.mine)

    @property
    def opens_alone(self) -> bool:
        """Whether one page and one act suffice: nobody is GAP, and one represents alone."""
        return self.alone and not self.gaps

    @property
    def tasks(self) -> list[dict]:
        """The rows of ui/task_list.html."""
        rows = [self.proof(), self.designation(), self.acceptance(), self.address(), self.first_roles()]
        return [{**row, "name": f"{number}. {row['name']}"} for number, row in enumerate(rows, 1)]

    def proof(self) -> dict:
        """First task: the register says that the person represents the enterprise."""
        functions = functions_text(tuple(function.code for function in self.mine))
        hint = _("%(function)s since %(day)s, according to the register.") % {
            "function": functions[:1].upper() + functions[1:],
            "day": day(self.mine[0].since),
        }
        return done(_("Prove that you represent the enterprise"), hint)

    def designation(self) -> dict:
        """Second task: naming the GAP, or who is GAP since when."""
        name, here = _("Name the main access manager (GAP)"), reverse("spaces:designate", args=[self.enterprise.number])
        if self.gaps:
            return done(name, "; ".join(gap_text(title) for title in self.gaps))
        waiting = [one for one in self.designations if one.state == Invitation.State.TO_SIGN]
        if waiting:
            return self.countersignature(name, waiting[0])
        if self.designations:
            return done(name, _("%(who)s was named on %(day)s.") % named(self.designations[0]))
        return {"name": name, "href": "#act" if self.alone else here, "status": _("To do"), "kind": "information"}

    def countersignature(self, name: str, waiting: Invitation) -> dict:
        """The second task while the other representative's signature is awaited."""
        signed = [signature.person for signature in waiting.signatures.all()]
        hint = _("%(who)s named; signed by %(by)s on %(day)s.") % {
            **named(waiting),
            "by": ", ".join(person.full_name for person in signed),
        }
        if self.person in signed:
            return {"name": name, "hint": hint, "status": _("Waits for a second signature"), "kind": "waiting"}
        href = reverse("spaces:countersign", args=[self.enterprise.number, waiting.pk])
        return {"name": name, "hint": hint, "href": href, "status": _("To sign"), "kind": "information"}

    def acceptance(self) -> dict:
        """Third task: the person named accepts."""
        name = _("The main access manager accepts")
        if self.gaps:
            return done(name, "")
        sent = [one for one in self.designations if one.state == Invitation.State.SENT]
        if not sent:
            return {"name": name, "status": _("Cannot start yet")}
        hint = _("Waits for %(who)s since %(day)s; the offer ends on %(end)s.") % {
            **named(sent[0]),
            "end": day(sent[0].expires_at),
        }
        return {"name": name, "hint": hint, "status": _("Waits for an answer"), "kind": "waiting"}

    def address(self) -> dict:
        """Fourth task: an address to which messages can be sent."""
        name = _("Confirm your e-mail address")
        if self.person.email:
            return done(name, "")
        return {"name": name, "href": reverse("identity:profile"), "status": _("Optional")}

    def first_roles(self) -> dict:
        """Fifth task: somebody may do something."""
        name = _("Give the first roles")
        if self.has_roles:
            return done(name, "")
        if not self.gaps:
            return {"name": name, "status": _("Cannot start yet")}
        href = reverse("spaces:people", args=[self.enterprise.number])
        return {"name": name, "href": href, "status": _("To do"), "kind": "information"}


def progress_of(enterprise: Enterprise, person: Person, at: datetime) -> Progress:
    """The state of an enterprise's first configuration at an instant."""
    functions = representatives(enterprise, timezone.localdate(at))
    gaps = [title for title in managers_of([enterprise.pk], at)[enterprise.pk] if title.kind == TitleKind.GAP]
    offers = waiting_invitations(enterprise).filter(kind=TitleKind.GAP, expires_at__gt=at)
    roles = running_titles(enterprise, at).filter(kind=TitleKind.ROLE).exists()
    mine = [function for function in functions if function.person_hash == person.national_number_hash]
    others = [function for function in functions if function.person_hash != person.national_number_hash]
    return Progress(enterprise, person, at, mine, others, gaps, list(offers), roles)


def done(name: str, hint: str) -> dict:
    """A task that is done."""
    return {"name": name, "hint": hint, "status": _("Done")}


def named(invitation: Invitation) -> dict:
    """Who was named, and since when."""
    return {"who": invitation.full_name, "day": day(invitation.created_at)}


def gap_text(title: Title) -> str:
    """«Philippe Warnier, depuis le 3 mars 2026, désigné par …»."""
    text = _("%(who)s, since %(day)s") % {"who": title.person.full_name, "day": day(title.span.lower)}
    if title.given_by and title.given_by_id != title.person_id:
        text += _(", named by %(who)s") % {"who": title.given_by.full_name}
    return text
