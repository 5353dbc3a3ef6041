"""Fetch, check and build what the pages borrow from others, into static/vendor/ (committed: running needs no Node).

    python3 tools/vendor.py          build again, from the versions and hashes written here
    python3 tools/vendor.py --check  say whether static/vendor/ is what VERSIONS describes; needs nothing but Python

Needs npm for building; the registry is the one npm is configured for. Change a version here, run, look at the diff.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
SASS = "sass@1.108.2"
FONT = "@fontsource-variable/atkinson-hyperlegible-next"
PACKAGES = {  # name: version, integrity of its archive
    "govuk-frontend": (
        "6.6.0",
        "sha512-xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
    ),
    FONT: (
        "5.3.0",
        "sha512-UnLzNUy1RWoLDfydAatP4NaRm99X/WbQEph7q/PymJnCFIOOwKOx3pBmp5ys8trO0dM+CKGuJgeZP9fAR4mQpA==",
    ),
    "htmx.org": (
        "2.0.11",
        "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
    ),
}


def main(arguments: list[str]) -> int:
    """Build, or with --check compare static/vendor/ with its VERSIONS; 0 when all is well."""
    if arguments == ["--check"]:
        return check()
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
    return check()


def build(work: Path) -> None:
    """Archives into `work`, checked, then the few files we keep into static/vendor/."""
    packages = {name: fetch(work, name, *pin) for name, pin in PACKAGES.items()}
    govuk, font, htmx = (packages[name] for name in PACKAGES)
    for folder in ("fonts", "licences"):
        (VENDOR / folder).mkdir(parents=True, exist_ok=True)
    (VENDOR / "govuk.css").write_text(stylesheet(work, govuk), encoding="utf-8")
    keep_script(govuk / "dist/govuk/govuk-frontend.min.js", VENDOR / "govuk.js")
    keep_script(htmx / "dist/htmx.min.js", VENDOR / "htmx.js")
    for part in ("latin", "latin-ext"):
        source = font / "files" / f"atkinson-hyperlegible-next-{part}-wght-normal.woff2"
        (VENDOR / "fonts" / f"atkinson-{part}.woff2").write_bytes(source.read_bytes())
    for name, package in (("atkinson", font), ("htmx", htmx)):  # govuk-frontend ships none: kept by hand
        (VENDOR / "licences" / f"{name}.txt").write_bytes((package / "LICENSE").read_bytes())
    (VENDOR / "VERSIONS").write_text(versions(), encoding="utf-8")


def fetch(work: Path, name: str, version: str, integrity: str) -> Path:
    """The unpacked archive of one package; stops when it is not the one that was reviewed."""
    packed = run(["npm", "pack", "--silent", f"{name}@{version}"], work).split()[-1]
    archive = work / packed
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != integrity:
        raise SystemExit(f"{name} {version} is not the archive that was reviewed: {found}")
    with tarfile.open(archive) as opened:
        opened.extractall(work / packed.removesuffix(".tgz"), filter="data")
    return work / packed.removesuffix(".tgz") / "package"


def stylesheet(work: Path, govuk: Path) -> str:
    """Our subset in our colours; refuses a font or mark that is another administration's, and outside addresses."""
    run(["npm", "install", "--silent", "--no-save", "--prefix", str(work), SASS], work)
    command = [work / "node_modules/.bin/sass", "--style=compressed", "--no-source-map", "--quiet-deps"]
    css = run([*map(str, command), f"--load-path={govuk / 'dist'}", str(ROOT / "tools/govuk.scss")], work)
    if found := re.search(r"GDS|crest|url\(", css):
        raise SystemExit(f"The stylesheet must not hold {found[0]!r}.")
    return css.lstrip("\ufeff")


def keep_script(source: Path, target: Path) -> None:
    """A script without the pointer to a source map that we do not serve."""
    text = re.sub(r"\n?//# sourceMappingURL=.*\s*$", "", source.read_text(encoding="utf-8"))
    target.write_text(text.rstrip() + "\n", encoding="utf-8")


def versions() -> str:
    """VERSIONS: what was taken, then the hash of each file that came of it."""
    lines = [f"{name} {version} {integrity}" for name, (version, integrity) in PACKAGES.items()]
    return "\n".join([*lines, f"built with {SASS}", "", *hashes()]) + "\n"


def hashes() -> list[str]:
    """One line for each file of static/vendor/: sha256 and name, in order."""
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file() and path.name != "VERSIONS")
    return [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(VENDOR).as_posix()}" for path in files]


def check() -> int:
    """0 when static/vendor/ is byte for byte what VERSIONS says, and VERSIONS what this file says."""
    if (VENDOR / "VERSIONS").read_text(encoding="utf-8") == versions():
        return 0
    sys.stderr.write("static/vendor/ is not what tools/vendor.py built: run it again.\n")
    return 1


def run(command: list[str], folder: Path) -> str:
    """What a command printed; stops when it fails."""
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
