"""A connection of the pool is lent again without asking the server, unless the server left meanwhile."""

import copy

import psycopg
import pytest
from django.db import connections
from psycopg_pool import ConnectionPool

from config.database import base


@pytest.fixture
def lent(committed, monkeypatch):
    settings = copy.deepcopy(connections["default"].settings_dict)
    settings["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 1, "timeout": 10}}
    monkeypatch.setattr(base.DatabaseWrapper, "_connection_pools", {})
    wrapper = base.DatabaseWrapper(settings, "default")
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def server_process(wrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found = cursor.fetchone()[0]
    wrapper.close()
    return found


def test_the_same_connection_is_lent_again_and_nothing_asked(lent, monkeypatch):
    first = server_process(lent)
    monkeypatch.setattr(ConnectionPool, "check_connection", lambda _: pytest.fail("the server was asked"))

    assert [server_process(lent) for _ in range(3)] == [first] * 3


def test_another_is_lent_when_the_server_has_left(lent):
    first = server_process(lent)
    with psycopg.connect(
        **{key: value for key, value in lent.get_connection_params().items() if key in WHERE}
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])

    assert server_process(lent) != first


WHERE = {"dbname", "user", "password", "host", "port"}
