"""`/sante/`: can the portal work? For load balancers and for the one who installs it."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied; else 503 with what is wrong."""
    wrong = what_is_wrong()
    return JsonResponse({"ok": not wrong, "wrong": wrong}, status=503 if wrong else 200)


def what_is_wrong() -> list[str]:
    """One sentence for each thing that keeps the portal from working; names no address and no secret."""
    try:
        applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    except DatabaseError:
        connection.close()
        return ["The database does not answer, or was never migrated."]
    missing = _migrations() - applied
    return [f"{len(missing)} migrations are not applied: run monespace migrate."] if missing else []


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Every migration of this version of the code."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
