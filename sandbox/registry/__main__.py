"""The command: python -m sandbox.registry OUT_DIR --today DATE."""

import argparse
import sys
from datetime import date
from pathlib import Path

from sandbox.cast import load_cast
from sandbox.registry.build import build_registry
from sandbox.registry.files import write_registry


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.registry", description="Write an invented register in the BCE's open format."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, required=True, help="yyyy-mm-dd: all dates follow from it")
    asked = parser.parse_args()
    registry = build_registry(load_cast(), asked.today)
    try:
        write_registry(registry, asked.folder)
    except OSError as error:
        sys.stderr.write(f"The register cannot be written: {error}\n")
        return 1
    sys.stdout.write(f"{len(registry.enterprises)} enterprises, {len(registry.functions)} legal functions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
