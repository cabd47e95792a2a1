"""`make bench`, or `python -m bench`: measures, compares, prints one table.

Exit code 1 where two ways to the same results gave different ones.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from pathlib import Path

from bench.page import machine, write
from bench.parts import PARTS, Plan
from bench.table import head, text

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--full", action="store_true", help="a million claims as well")
    parser.add_argument("--quick", action="store_true", help="a look at whether it works, nothing more")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--folder", type=Path, help="keep what is made here; default: a temporary folder")
    wanted = parser.parse_args()
    if unknown := set(wanted.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = wanted.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        plan = Plan(folder.resolve(), wanted.full, wanted.quick)
        done = []
        print(f"{machine()}\n\n{head()}", end="", flush=True)
        for name in wanted.parts or PARTS:
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            done.append(PARTS[name](plan))
            print(text(done[-1]), end="", flush=True)
    if wanted.write:
        write(PAGE, done, datetime.datetime.now(datetime.UTC).date().isoformat())
    differ = [what for part in done for what in part.differ]
    for what in differ:
        print(f"DIFFERENT: {what}", file=sys.stderr)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
