"""`kgcheck replace`: a new state of a document in a store on disk."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options

EPILOG = """\b
Examples:
  kgcheck replace story.ttl --store archive/

\b
Exit codes: 0 replaced, 2 nothing was changed.
"""


@click.command("replace", epilog=EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@options.home_option
@options.input_format_option
@options.limits_options
@options.verbose_option
def command(file: Path, store: Path, input_form: str | None) -> None:
    """Put the documents of FILE in the place of those of the same names, in one step.

    FILE may be - for standard input. Whoever reads meanwhile sees the old state or the new one.
    """
    from kgcheck.cli.inputs import worker_limits
    from kgcheck.cli.output import deliver
    from kgcheck.cli.piping import piped
    from kgcheck.cli.storing import change_text
    from kgcheck.store.archive import Archive

    with piped((file,), input_form) as places, Archive(store) as archive:
        change = archive.replace(places[0], worker_limits())
    deliver(change_text(change), None)
