"""`kgcheck add`: documents into a store on disk."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options

EPILOG = """\b
Examples:
  kgcheck add claims/ --store archive/          makes the store if there is none
  kgcheck add story.ttl --store archive/
  kgcheck check --store archive/

\b
Exit codes: 0 added, 2 nothing was changed.
"""


@click.command("add", epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@options.home_option
@options.input_format_option
@options.limits_options
@options.verbose_option
def command(files: tuple[Path, ...], store: Path, input_form: str | None) -> None:
    """Add files and folders of RDF, or - for standard input, to a store on disk: all or nothing.

    Each document gets a graph of its own. A document that is there already is refused.
    """
    from kgcheck.cli.inputs import worker_limits
    from kgcheck.cli.output import deliver
    from kgcheck.cli.piping import piped
    from kgcheck.cli.storing import change_text
    from kgcheck.store.archive import Archive

    with piped(files, input_form) as places, Archive(store, create=True) as archive:
        change = archive.add(places, worker_limits())
    deliver(change_text(change), None)
