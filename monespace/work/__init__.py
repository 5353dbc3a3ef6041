"""The job queue (Procrastinate, on PostgreSQL).

`@job("dossiers.make_paper")` registers a body; `enqueue("dossiers.make_paper", dossier.id)` puts it in the queue in
the caller's own transaction: the fact and its consequence are kept or lost together. Arguments are ids only (law 7).
`@nightly("dossiers.tidy")` registers a body that one of the workers runs each night.
"""

from monespace.work.queue import RETRY, enqueue, job, nightly

__all__ = ["RETRY", "enqueue", "job", "nightly"]
