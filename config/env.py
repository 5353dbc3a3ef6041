"""Readers of environment variables: they refuse odd values and read secrets from files (NAME_FILE)."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable NAME, or the content of the file named by NAME_FILE, or the default; refuses a missing one."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read ({error}).") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE) in the environment: see docs/deploy.md.")
    return value


def number(name: str, default: int) -> int:
    """A whole number; refuses anything else."""
    value = text(name, str(default))
    if not value.lstrip("-").isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def flag(name: str, default: bool = False) -> bool:
    """yes or no; refuses anything else, because «False» read as true has opened doors before."""
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value == "yes"


def names(name: str, default: str = "") -> list[str]:
    """A list separated by commas, empty items left out."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]
