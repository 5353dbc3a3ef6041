"""One sandbox process for all these tests."""

from collections.abc import Iterator

import pytest

from tests.sandbox.process import Process


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory) -> Iterator[Process]:
    process = Process(tmp_path_factory.mktemp("sandbox")).start()
    yield process
    process.stop()
