"""What the room reads from a request."""

from urllib.parse import urlsplit

from monespace.identity.http import local_path


def page_told(value: str | None) -> str:
    """The page of ours that an opinion is about, without its query, which may hold what somebody typed; else nothing."""
    return urlsplit(local_path(value)).path[:300] if value and value.isprintable() else ""
