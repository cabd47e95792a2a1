"""`python -m bench.generator FOLDER --claims 10000`"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.generator.generation import FORMATS, generate


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.generator", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=FORMATS, default="nquads", dest="form")
    parser.add_argument("--later", type=int, default=0, help="documents to hold back, in files of their own")
    wanted = parser.parse_args()
    made = generate(wanted.folder, wanted.claims, seed=wanted.seed, form=wanted.form, later=wanted.later)
    for path in (made.data, made.vocabulary, made.truth, *made.later):
        print(path)


if __name__ == "__main__":
    main()
