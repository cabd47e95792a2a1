"""Steps through a story of changes in an archive, saying when each is done; killed when somebody likes.

python stepping.py ARCHIVE STORY FIRST
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kgcheck.store.archive import Archive


def main() -> None:
    """Do the steps of a story from the one numbered FIRST, in one process."""
    folder, story, first = (
        Path(sys.argv[1]),
        json.loads(Path(sys.argv[2]).read_text("utf-8")),
        int(sys.argv[3]),
    )
    sys.stdout.write("opening\n")
    sys.stdout.flush()
    with Archive(folder, create=True) as archive:
        for number, (step, what) in enumerate(story[first:], first):
            if step == "add":
                archive.add([Path(what)])
            elif step == "replace":
                archive.replace(Path(what))
            else:
                archive.remove(what)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


main()
