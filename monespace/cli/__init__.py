"""The command line: demo, serve, worker, migrate, check, and the rest."""
