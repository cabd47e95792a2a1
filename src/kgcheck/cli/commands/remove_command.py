"""`kgcheck remove`: a document out of a store on disk."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options

EPILOG = """\b
Examples:
  kgcheck remove 000_8b65f1bc9b5898b5 --store archive/

\b
Exit codes: 0 removed, 2 nothing was changed.
"""


@click.command("remove", epilog=EPILOG)
@click.argument("document")
@options.home_option
@options.verbose_option
def command(document: str, store: Path) -> None:
    """Remove DOCUMENT, with its claims, from a store on disk.

    It is named by its identifier, its IRI, or how that ends. What it shared with other documents
    (speakers, sources, vocabulary) stays.
    """
    from kgcheck.cli.output import deliver
    from kgcheck.cli.storing import change_text
    from kgcheck.store.archive import Archive

    with Archive(store) as archive:
        change = archive.remove(document)
    deliver(change_text(change), None)
