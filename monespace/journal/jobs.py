"""Each night the heads of the chains leave the database: whoever rewrites a chain there cannot rewrite them too (law 8)."""

import tempfile

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone

from monespace.journal import queries
from monespace.work import nightly


@nightly("journal.anchor", cron="40 2 * * *")
def anchor() -> None:
    """Writes the last entry of each chain, one a line, to the day's file of the document store; once a day."""
    name = f"{queries.ANCHORS}/{timezone.localdate()}.txt"
    if default_storage.exists(name):
        return
    with tempfile.TemporaryFile() as file:
        for head in queries.heads().iterator():
            file.write(f"{' '.join(map(str, head))}\n".encode())
        file.seek(0)
        default_storage.save(name, File(file))
