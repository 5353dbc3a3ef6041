"""The measures: percentiles, ratios and memory are computed right, and nothing outside this machine is ever measured."""

import pytest

from bench import bare, load, memory
from bench.__main__ import BARE, pages_of
from bench.figures import laid_out, pages_table, percentile
from tests.ops.harness import Demo


@pytest.mark.parametrize(("share", "expected"), [(0.5, 10), (0.95, 19), (1, 20), (0.01, 1)])
def test_a_percentile_is_the_nearest_rank(share: float, expected: int) -> None:
    assert percentile([*range(20, 0, -1)], share) == expected


@pytest.mark.parametrize(("times", "share"), [([], 0.5), ([1.0], 0), ([1.0], 1.5)])
def test_a_percentile_of_nothing_is_refused(times: list[float], share: float) -> None:
    with pytest.raises(ValueError):
        percentile(times, share)


def test_each_page_is_told_in_multiples_of_the_bare_view() -> None:
    rows = pages_table({"bare": [0.001, 0.002], "form": [0.005, 0.009, 0.004]}, "bare")
    assert rows[1][1:] == ["1.0", "2.0", "1.0", "1.0", "2"]
    assert rows[2][1:] == ["5.0", "9.0", "5.0", "4.5", "3"]
    assert laid_out(rows).splitlines()[2].startswith("form")


def test_memory_is_read_in_megabytes() -> None:
    lines = ["55d0-7fff ---p 00000000 00:00 0  [rollup]", "Rss:   102400 kB", "Pss:    51200 kB", "Pss_Anon:  1 kB"]
    assert memory.read(lines) == {"Rss": 100, "Pss": 50}


@pytest.mark.parametrize("url", ["http://192.0.2.1/", "http://10.0.0.1:8000/x", "http://[2001:db8::1]/"])
def test_nothing_outside_this_machine_is_measured(url: str) -> None:
    with pytest.raises(ValueError):
        load.refuse_outside(url)


@pytest.mark.parametrize("url", ["http://localhost:8000/", "http://127.0.0.1/", "http://[::1]:80/"])
def test_this_machine_is(url: str) -> None:
    load.refuse_outside(url)


def test_the_bare_view_is_one_view_without_middleware(rf) -> None:
    assert bare.hello(rf.get("/")).content == b"bare"


def test_two_pages_are_a_visitors_and_two_are_of_a_person_signed_in(tmp_path) -> None:
    pages = pages_of(Demo(tmp_path, port=8000), {"cookie": "key", "begun": ["REF"], "page": "a/b"})
    assert BARE not in pages
    assert [cookie for _, cookie in pages.values()] == ["", "", "monespace_session=key", "monespace_session=key"]
    assert pages["form page"][0] == "http://localhost:8000/espaces/moi/dossiers/REF/remplir/a/b/"
