"""What a command works on: the paths given, else the project, else the packaged data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgcheck.cli.output import note
from kgcheck.cli.settings import Settings
from kgcheck.errors import InputError

if TYPE_CHECKING:
    from kgcheck.model.waiver import Waiver
    from kgcheck.store.workers.limits import Limits
    from kgcheck.validation import Engine


@dataclass(frozen=True, slots=True)
class Inputs:
    """Paths None stands for the packaged data."""

    paths: tuple[Path, ...] | None
    vocabulary: tuple[Path, ...] = ()
    checks: tuple[Path, ...] = ()
    policy: str = "default"
    texts: Path | None = None
    limits: Limits | None = None
    waivers: tuple[Waiver, ...] = ()


def worker_limits() -> Limits | None:
    """What --timeout and --memory of the running command say; None outside of commands."""
    context = click.get_current_context(silent=True)
    settings = context.find_object(Settings) if context else None
    return settings.limits() if settings else None


def shacl_engine() -> Engine:
    """What --shacl of the running command says."""
    context = click.get_current_context(silent=True)
    settings = context.find_object(Settings) if context else None
    return settings.shacl if settings else Settings().shacl


def gather_checks(checks_dirs: Sequence[Path]) -> tuple[Path, ...]:
    """The project's folders of checks and those given.

    Raises InputError for a folder that does not exist and for a project file that cannot be read.
    """
    from kgcheck.interchange.project import find_project, load_project

    given = _present(checks_dirs, "folder of checks", "check the path given to --checks")
    place = find_project(Path.cwd())
    if place is None:
        return given
    project = load_project(place)
    return (*_present(project.checks, "folder of checks", f"mend 'checks' in {place}"), *given)


def _present(paths: Sequence[Path], what: str, remedy: str) -> tuple[Path, ...]:
    for path in paths:
        if not path.exists():
            raise InputError(f"no such {what}", path, remedy=remedy)
    return tuple(paths)


def gather(
    paths: Sequence[Path],
    *,
    policy: str | None = None,
    checks_dirs: Sequence[Path] = (),
    texts: Path | None = None,
) -> Inputs:
    """The inputs of a command; what the command line says goes before what the project says.

    Raises InputError for a path that does not exist and for a project file that cannot be read.
    """
    from kgcheck.findings.waivers import read_waivers
    from kgcheck.interchange.project import find_project, load_project

    given = _present(paths, "file or folder", "check the path")
    checks = gather_checks(checks_dirs)
    if texts is not None:
        _present([texts], "folder of texts", "check the path given to --texts")
    # A path inside a project is read with that project's vocabulary, wherever one stands.
    place = (find_project(given[0]) if given else None) or find_project(Path.cwd())
    if place is None:
        if not given:
            note("no PATH and no kgcheck.toml here: using the packaged data")
        return Inputs(given or None, (), checks, policy or "default", texts, worker_limits())
    project = load_project(place)
    data = given or _present(project.data, "file or folder", f"mend 'data' in {place}")
    return Inputs(
        paths=data,
        vocabulary=tuple(path for path in project.vocabulary if path.exists()),
        checks=checks,
        policy=policy or project.policy,
        texts=texts or (project.texts if project.texts and project.texts.is_dir() else None),
        limits=worker_limits(),
        waivers=read_waivers(project.waivers, place),
    )
