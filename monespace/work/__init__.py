"""The job queue: jobs are enqueued by name, in the transaction of the fact that causes them."""
