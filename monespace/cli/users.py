"""The user that PostgreSQL runs as: ourselves, or one without rights when we are root."""

import os
import pwd
from pathlib import Path

from monespace.cli.trouble import Trouble


def unprivileged() -> pwd.struct_passwd | None:
    """The user to become when root; None when there is nothing to drop; raises Trouble for a user unknown here."""
    if os.geteuid() != 0:
        try:
            pwd.getpwuid(os.geteuid())
        except KeyError:
            raise Trouble(
                f"The user number {os.geteuid()} has no entry in /etc/passwd and PostgreSQL refuses to start for it: "
                "run this as a user that has one, or as root."
            ) from None
        return None
    known = {user.pw_name: user for user in pwd.getpwall() if user.pw_uid != 0}
    if not known:
        raise Trouble("PostgreSQL refuses to run as root and no other user exists here: run this as another user.")
    return known.get("nobody") or next(iter(known.values()))


def as_user(user: pwd.struct_passwd | None) -> dict:
    """Arguments for subprocess: become that user, in no other group, and stay out of a private current folder."""
    base = {"cwd": "/", "start_new_session": True, "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}}
    return base | ({"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {})


def give(path: Path, user: pwd.struct_passwd | None) -> None:
    """Make that user the owner of this path."""
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)
