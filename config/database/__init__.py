"""Our database engine: Django's for PostgreSQL, with one thing done otherwise."""
