"""`monespace check`: what blocks production. Each complaint says what to do; nothing is changed."""

import argparse
import os
from collections.abc import Iterator

from monespace.cli import check_sms
from monespace.cli.check_card import card, card_remarks
from monespace.cli.check_oidc import oidc, oidc_remarks
from monespace.cli.trouble import Trouble, say

LOOPBACK = ("127.", "localhost", "::1", "[::1]")


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("check", help="say what blocks production")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every complaint, then what is worth a look; 1 when there is a complaint."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_POOLED"] = "no"  # a pool would tell of each of its tries
    import django

    django.setup()
    complaints = list(problems())
    for complaint in complaints:
        say(f"- {complaint}")
    for remark in remarks():
        say(f"  (to look at) {remark}")
    say("Nothing blocks production." if not complaints else f"{len(complaints)} things block production.")
    return 1 if complaints else 0


def problems() -> Iterator[str]:
    """Every reason not to open the portal to people."""
    yield from addresses()
    yield from secrets()
    yield from seal_for_trials()
    yield from database()
    yield from outside()
    yield from check_sms.sms()
    yield from check_sms.sessions()
    yield from oidc()
    yield from card()


def refuse_unsafe() -> None:
    """Nothing is served with public or missing secrets, but by the demonstration, which makes its own. Raises Trouble."""
    from django.conf import settings

    if settings.MODE != "demo" and (wrong := list(secrets())):
        raise Trouble("\n".join([*wrong, "Nothing was started; «monespace check» says what else blocks production."]))


def addresses() -> Iterator[str]:
    """The portal and its provider must be on https, and not on this machine."""
    from django.conf import settings

    names = {"fas": "OIDC_ISSUER", "itsme": "ITSME_ISSUER"}
    issuers = [(names[name], one["issuer"]) for name, one in settings.PROVIDERS.items()]
    for name, address in (("SITE_URL", settings.SITE_URL), *issuers):
        host = address.split("//", 1)[-1]
        if not address.startswith("https://"):
            yield f"{name} is {address}: use an https address."
        if host.startswith(LOOPBACK):
            yield f"{name} is on this machine: name the public host."
    if settings.LEGAL_FUNCTIONS_URL and not settings.LEGAL_FUNCTIONS_URL.startswith("https://"):
        yield "LEGAL_FUNCTIONS_URL is not on https."
    if settings.EMAIL_HOST.startswith(LOOPBACK) and settings.EMAIL_PORT > 1023:
        yield "EMAIL_HOST is a trial mail server on this machine: name the real one."
    if "@monespace.example" in settings.DEFAULT_FROM_EMAIL:
        yield "EMAIL_FROM is the example: name the address that your mails come from."


def secrets() -> Iterator[str]:
    """Keys and secrets must be there, and not those of the demonstration: without them nothing is served."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from monespace.paper.seal_file import certificates
    from monespace.vault.keys import keys

    if len(settings.SECRET_KEY) < 40 or settings.SECRET_KEY.startswith("only-for"):
        yield "SECRET_KEY is missing or short: set 50 random characters (SECRET_KEY_FILE)."
    if settings.PROVIDERS["fas"]["client_secret"].startswith("only-for"):
        yield "OIDC_CLIENT_SECRET is missing: set the secret that the provider gave (OIDC_CLIENT_SECRET_FILE)."
    try:
        if keys().made_by == "demo":
            yield "KEYS_FILE was made by the demonstration: make new keys with «monespace keys new FILE»."
    except ImproperlyConfigured as error:
        yield str(error)
    if not settings.SEAL_FILE:
        yield "SEAL_FILE is not set: receipts cannot be sealed."
        return
    try:
        certificates(settings.SEAL_FILE)
    except (OSError, ValueError) as error:
        yield f"SEAL_FILE cannot be read: {error}."


def seal_for_trials() -> Iterator[str]:
    """A trial may be served with a seal that nobody trusts; production may not."""
    from django.conf import settings

    from monespace.paper.seal_file import is_demonstration

    try:
        if settings.SEAL_FILE and is_demonstration(settings.SEAL_FILE):
            yield "SEAL_FILE is a seal for trials: ask for a certificate that people can trust."
    except (OSError, ValueError):
        return  # said among the secrets


def database() -> Iterator[str]:
    """The portal's role may not change the journal, nor own anything."""
    from django.db import OperationalError, ProgrammingError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:
                yield "The portal's database role is a superuser: give it a role of its own (docs/deploy.md)."
            cursor.execute(
                "SELECT has_table_privilege('journal_entry', 'UPDATE') OR has_table_privilege('journal_entry', 'DELETE')"
            )
            if cursor.fetchone()[0]:
                yield "The portal's database role may change the journal: run «monespace migrate» as the owner."
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
            if cursor.fetchone()[0]:
                yield "The portal's database role owns tables: only the owner may."
    except OperationalError:
        yield "The database does not answer: check DATABASE_URL."
    except ProgrammingError:
        yield "The database has no tables: run «monespace migrate» as the owner."


def outside() -> Iterator[str]:
    """The scanner must answer."""
    from django.conf import settings

    from monespace.paper.scanner import ScannerDown, version

    try:
        version(settings.CLAMD_ADDRESS)
    except ScannerDown:
        yield f"The virus scanner does not answer at {settings.CLAMD_ADDRESS}: files would wait for ever."


def remarks() -> Iterator[str]:
    """What blocks nothing, yet is somebody else's unless an administration has looked at it."""
    from django.conf import settings

    if settings.HELPDESK_PHONE == settings.WALLONIA_PHONE or settings.HELPDESK_MAIL == settings.WALLONIA_MAIL:
        yield "HELPDESK_PHONE or HELPDESK_MAIL is Wallonia's, as shipped: people will call there."
    if settings.CONTENT_DIR == settings.BASE_DIR / "content":
        yield (
            "CONTENT_DIR is the content as shipped: some of it is invented, or to be checked by your administration "
            "(docs/deploy.md, «Make the content yours»)."
        )
    yield from oidc_remarks()
    yield from card_remarks()
    yield from bodies()


def bodies() -> Iterator[str]:
    """The largest request that the published procedures allow: the proxy must let it pass."""
    from django.db import DatabaseError

    from monespace.cli.bodies import largest

    try:
        megabytes, where = largest()
    except DatabaseError:  # said among the complaints
        return
    if megabytes:
        yield (
            f"The proxy must let requests of {megabytes} MB pass (nginx: client_max_body_size {megabytes}m): "
            f"the files of {where} travel together."
        )
