"""A connection of the pool is looked at, and the server not asked, before it is lent again: a round trip less each request.

A restarted server must not cost a second of refusals. When it goes, it closes its connections, or says why it does: either can be read
from the socket at once. Only where there is something to read is the server asked, as Django's CONN_HEALTH_CHECKS does each time.
"""

import select

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """ENGINE: nothing else differs."""

    def get_new_connection(self, conn_params):
        """An open connection: lent by the pool where there is one, those that a server has left given back as closed."""
        found = super().get_new_connection(conn_params)
        while self.pool and not is_open(found):
            found.close()
            self.pool.putconn(found)
            found = super().get_new_connection(conn_params)
        return found


def is_open(connection: psycopg.Connection) -> bool:
    """Whether the server still holds this idle connection."""
    try:
        told = select.poll()
        told.register(connection.fileno(), select.POLLIN)
        if told.poll(0):
            ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        return False
    return True
