"""`monespace demo`: the whole house on one machine, with its stand-in for the outside world."""

import argparse
import os
import socket
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from monespace.cli import folder as folders
from monespace.cli import ports
from monespace.cli.folder import ROOT, Folder
from monespace.cli.supervisor import Child, Stopped, Supervisor
from monespace.cli.trouble import Trouble, say

LOOPBACK = "127.0.0.1"  # mails and files to scan never leave the machine, whatever --host says
# Files made at the first start by a verb of their own: name in the data folder, the verb, the variable that names it.
MADE_FILES = [
    ("keys", ["keys", "new"], "KEYS_FILE"),
    ("seal.pem", ["seal", "new"], "SEAL_FILE"),
]


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("demo", help="start everything on this machine, to try it")
    parser.add_argument("--port", type=int, default=8000, help="the portal's port (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="listen on this address (127.0.0.1)")
    parser.add_argument("--data", type=Path, help="folder for the data (.data)")
    parser.add_argument("--reset", action="store_true", help="forget all data and start again from nothing")
    parser.add_argument("--empty", action="store_true", help="without the story: procedures and register only")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Start, watch, end; raises Trouble."""
    os.umask(0o077)
    path = (args.data or folders.default()).expanduser().absolute()
    try:
        return _run(args, Folder(path))
    except OSError as error:
        raise Trouble(folders.why(error, path)) from error


def _run(args: argparse.Namespace, folder: Folder) -> int:
    supervisor = Supervisor(folder)
    try:
        if ended := folder.end_orphans():
            say(f"Ended what an earlier run left: {', '.join(ended)}.")
        if args.reset:
            folder.reset()
        house = House.plan(args, folder)
        environment = bring_up(supervisor, house, args.empty)
        start_portal(supervisor, house, environment)
        _welcome(house)
        supervisor.watch()
    except Stopped:
        say(f"Stopping ({supervisor.told}).")
    finally:
        supervisor.end()
    return 0


@dataclass(frozen=True)
class House:
    """Addresses and files of one demonstration."""

    folder: Folder
    host: str
    name: str
    portal: int
    sandbox: int
    smtp: int
    clamd: int

    @classmethod
    def plan(cls, args: argparse.Namespace, folder: Folder) -> "House":
        """Choose the ports: the portal's is refused when taken, the others are found and kept; raises Trouble."""
        host = ports.address_of(args.host)
        ports.refuse_taken(host, args.port)
        found = folder.ports({"sandbox": host, "smtp": LOOPBACK, "clamd": LOOPBACK}, args.port)
        for name in ("logs", "static", "documents", "sandbox"):
            (folder.path / name).mkdir(exist_ok=True)
        return cls(folder, host, ports.in_address(_public_name(args.host)), args.port, **found)

    @property
    def open_to_all(self) -> bool:
        """True when other machines can reach it."""
        return not self.host.startswith("127.") and self.host != "::1"

    @property
    def portal_url(self) -> str:
        """The portal's address: another host name than the sandbox's, so that they share no cookie."""
        return f"http://{'localhost' if self.host == '127.0.0.1' else self.name}:{self.portal}"

    @property
    def sandbox_url(self) -> str:
        """The sandbox's address."""
        return f"http://{self.name if self.open_to_all else ports.in_address(self.host)}:{self.sandbox}"

    def log(self, name: str) -> Path:
        """The file of a process's messages."""
        return self.folder.path / "logs" / f"{name}.log"

    def environment(self, database_url: str) -> dict[str, str]:
        """What the portal and its worker are told; the owner's address is not part of it."""
        path = self.folder.path
        kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_OWNER_URL", "SECRET_KEY"}}
        return kept | {
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MONESPACE_MODE": "demo",
            "SITE_URL": self.portal_url,
            "ALLOWED_HOSTS": f"{self.name},localhost,127.0.0.1",
            "DATABASE_URL": database_url,
            "SECRET_KEY_FILE": str(self.folder.secret("secret-key")),
            **self.services(),
            "EMAIL_HOST": LOOPBACK,
            "EMAIL_PORT": str(self.smtp),
            "CLAMD_ADDRESS": f"{LOOPBACK}:{self.clamd}",
            "STATIC_ROOT": str(path / "static"),
            "DOCUMENTS_DIR": str(path / "documents"),
            "CONTENT_DIR": str(path / "content"),
            **{variable: str(path / name) for name, verb, variable in MADE_FILES if _known(verb[0])},
        }

    def services(self) -> dict[str, str]:
        """Where the sandbox stands for others, with what is agreed with them; a SIGN_IN_FILE says which ways of signing in are on."""
        return {
            "OIDC_ISSUER": f"{self.sandbox_url}/idp",
            "OIDC_CLIENT_SECRET_FILE": str(self.folder.secret("client-secret")),
            "ITSME_ISSUER": f"{self.sandbox_url}/itsme/v2",
            "ITSME_CLIENT_ID": "monespace-itsme",
            "ITSME_SERVICE_CODE": "MONESPACE",
            "WEBEID_CA": str(self.folder.path / "sandbox" / "eid-ca.pem"),
            "LEGAL_FUNCTIONS_URL": f"{self.sandbox_url}/registre/fonctions",
            "LEGAL_FUNCTIONS_SECRET_FILE": str(self.folder.secret("service-secret")),
            "SMS_GATEWAY_URL": f"{self.sandbox_url}/passerelle/sms",
            "SMS_GATEWAY_SECRET_FILE": str(self.folder.secret("service-secret")),
        }

    def keep_environment(self, environment: dict[str, str]) -> None:
        """Note what the portal is told beyond this process's own environment, so that any verb can be run beside it."""
        told = {key: value for key, value in environment.items() if os.environ.get(key) != value}
        self.folder.note("environment.json", told)


def _known(verb: str) -> bool:
    from monespace.cli.main import VERBS

    return verb in VERBS


def _public_name(host: str) -> str:
    """The address others type: the one given, or for «all addresses» the one this machine speaks from."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of documentation: nothing is sent
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _verb(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "monespace.cli.main", *words]


def bring_up(supervisor: Supervisor, house: House, empty: bool) -> dict[str, str]:
    """Bring up all that the portal stands on, in the order in which each part needs the others; returns what the portal
    and its worker are to be told."""
    say(f"Data in {house.folder.path}")
    say("Starting PostgreSQL …")
    database = supervisor.start_database()
    environment = house.environment(database.url_portal)
    house.keep_environment(environment)
    say("Preparing the database …")
    supervisor.step(_verb("migrate"), environment | {"DATABASE_OWNER_URL": database.url_owner}, house.log("migrate"))
    for name, verb, _ in MADE_FILES:
        if _known(verb[0]) and not (house.folder.path / name).exists():
            supervisor.step(_verb(*verb, str(house.folder.path / name)), environment, house.log("keys"))
    _prepare(supervisor, house, environment, empty)
    _start_sandbox(supervisor, house)
    return environment


def _prepare(supervisor: Supervisor, house: House, environment: dict[str, str], empty: bool) -> None:
    """Load what is missing, and say no more than what is then done."""
    what = "procedures and register" if empty else "procedures, register and story"
    loaded = house.folder.path / "loaded"
    known = loaded.read_text(encoding="utf-8") if loaded.exists() else ""
    say("Looking for changes in procedures and register …" if what in known else f"Loading {what} …")
    supervisor.step(_verb("prepare", *(["--empty"] if empty else [])), environment, house.log("prepare"))
    loaded.write_text(f"{known}{what}\n" if what not in known else known, encoding="utf-8")


def _start_sandbox(supervisor: Supervisor, house: House) -> None:
    say("Starting the sandbox …")
    command = [
        sys.executable, "-P", "-m", "sandbox", "--port", str(house.sandbox), "--host", house.host,
        "--smtp-port", str(house.smtp), "--clamd-port", str(house.clamd), "--data", str(house.folder.path / "sandbox"),
        "--portal-url", house.portal_url, "--public-url", house.sandbox_url,
        "--client-secret-file", str(house.folder.secret("client-secret")),
        "--service-secret-file", str(house.folder.secret("service-secret")),
    ]  # fmt: skip
    child = Child("sandbox", command, os.environ | {"PYTHONPATH": str(ROOT)}, house.log("sandbox"))
    supervisor.start(child)
    supervisor.wait_for(child, lambda: answers(f"{house.sandbox_url}/sante/"))


def portal_of(house: House, environment: dict[str, str]) -> Child:
    """The web server, not started yet."""
    command = _verb("serve", "--host", house.host, "--port", str(house.portal))
    return Child("portal", command, environment, house.log("portal"))


def worker_of(house: House, environment: dict[str, str]) -> Child:
    """The worker, not started yet."""
    return Child("worker", _verb("worker", "--alone"), environment, house.log("worker"))


def start_portal(supervisor: Supervisor, house: House, environment: dict[str, str]) -> None:
    """Start the web server and the worker, and wait until the portal answers."""
    say("Starting the portal …")
    portal = portal_of(house, environment)
    supervisor.start(portal)
    supervisor.start(worker_of(house, environment))
    supervisor.wait_for(portal, lambda: answers(f"{house.portal_url}/sante/"))


def answers(url: str) -> bool:
    """True when this address answers 200; a proxy of the environment is not asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _welcome(house: House) -> None:
    say("")
    say(f"  Mon Espace   {house.portal_url}")
    say(f"  The sandbox  {house.sandbox_url}   (identity cards, phones, mail of the cast)")
    say(f"  The tour     begins at {house.portal_url}/ : «La visite en dix minutes» in README.md")
    if house.open_to_all:
        say("  WARNING      whoever reaches this machine can be anyone here, and all goes over plain http:")
        say("               use it on a network you trust, with invented data only.")
    say("  Ctrl-C stops everything.")
