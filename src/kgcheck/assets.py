"""Where the ontology, the shapes and the packaged data stand on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]


def folder(name: Literal["ontology", "shapes", "data"]) -> Path:
    """The folder `name`: of the installed package, else of the checkout that the package runs from.

    The checkout counts only where its `pyproject.toml` is there, so that an installed package
    never picks up a neighbouring folder by chance. Raises FileNotFoundError where neither has it,
    which means that the installation is damaged.
    """
    places = [PACKAGE / "_assets" / name]
    if (CHECKOUT / "pyproject.toml").is_file():
        places.append(CHECKOUT / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"kgcheck is installed without its {name} folder; install it again")
