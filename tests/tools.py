"""Tools that some tests need: left out, counted and named where a tool is missing; a failure under CI=true."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The program of the system's Chromium (CHROMIUM in the environment wins), or None."""
    if told := os.environ.get("CHROMIUM"):
        return told if Path(told).is_file() else None
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def node() -> str | None:
    """Node's program, when the Node packages of this project are installed beside it; or None."""
    return shutil.which("node") if (ROOT / "node_modules").is_dir() else None


NEEDED = {
    "browser": (chromium, "Chromium is not installed"),
    "node": (node, "the Node packages are not installed (npm ci)"),
}


def lacking(item: pytest.Item) -> str:
    """Why this test cannot run here, or nothing."""
    return next((why for marker, (tool, why) in NEEDED.items() if item.get_closest_marker(marker) and not tool()), "")


GIVEN_TOKENS = ROOT.parent / "shared" / "data" / "webeid"  # beside the repository at its makers', nowhere else


def not_beside(items: list[pytest.Item]) -> list[str]:
    """Why the given tokens are not looked at by these tests of the card; a clone elsewhere lacks them, CI or not."""
    asked = any("webeid" in item.path.parts for item in items) and not GIVEN_TOKENS.is_dir()
    return (
        ["the given Web eID tokens are not beside this repository (tests/webeid/test_given_tokens.py)"] if asked else []
    )


def in_ci() -> bool:
    """True where nothing may be left out."""
    return os.environ.get("CI") == "true"


class LeaveOut:
    """The pytest plugin; under xdist each process leaves the same tests out, and the first one tells of it."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.skipped = 0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Take out the tests whose tool is missing, among those that were asked for."""
        out = [] if in_ci() else [item for item in items if lacking(item)]
        self.counts.update([*(lacking(item) for item in out), *not_beside(items)])
        if out:
            config.hook.pytest_deselected(items=out)
            items[:] = [item for item in items if not lacking(item)]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Under CI=true a missing tool is a failure of the test that needs it."""
        if why := lacking(item):
            pytest.fail(f"This test cannot run: {why}.", pytrace=False)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count what skips itself."""
        self.skipped += report.skipped and not hasattr(report, "wasxfail")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the counts to the first process, or to the command that started it; under CI=true a skip fails."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["left_out"] = dict(self.counts)
            return
        if noted := os.environ.get("MONESPACE_LEFT_OUT"):
            Path(noted).write_text(json.dumps(self.counts), encoding="utf-8")
        if in_ci() and self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """A process of the run ended: every one counted the same tests."""
        self.counts = Counter(getattr(node, "workeroutput", {}).get("left_out", {})) | self.counts

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name what was left out, and under CI=true say that a skip is a failure."""
        for why, count in self.counts.items():
            terminalreporter.write_line(f"left out: {count} tests, because {why}")
        if in_ci() and self.skipped:
            terminalreporter.write_line(f"FAILED: {self.skipped} tests were skipped, and CI=true allows none")
