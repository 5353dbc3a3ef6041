"""A supervisor with PostgreSQL and one child: python small_house.py FOLDER. What the supervisor's tests start and kill."""

import os
import sys
from pathlib import Path

from monespace.cli.folder import Folder
from monespace.cli.supervisor import Child, Stopped, Supervisor
from monespace.cli.trouble import say

BEAT = "import os, sys, time\nos.fork() and time.sleep(600)\ntime.sleep(600)"


def main(path: Path) -> None:
    folder = Folder(path)
    supervisor = Supervisor(folder)
    try:
        say(" ".join(["ended", *folder.end_orphans()]))
        database = supervisor.start_database()
        (path / "url").write_text(database.url_portal, encoding="utf-8")
        supervisor.start(Child("child", [sys.executable, "-c", BEAT], dict(os.environ), path / "child.log"))
        say("ready")
        supervisor.watch()
    except Stopped:
        say("stopping")
    finally:
        supervisor.end()


main(Path(sys.argv[1]))
