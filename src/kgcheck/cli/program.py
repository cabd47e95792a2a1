"""The group of commands. A command's module is imported when it is named, not before."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module

import click

from kgcheck import __version__
from kgcheck.cli.options import verbose_option
from kgcheck.cli.settings import PROGRAM

COMMANDS: dict[str, str] = {
    "check": "Validate claims and find those that cannot both hold.",
    "validate": "Check the shape of claims and documents only.",
    "query": "Ask the graph in SPARQL (read-only).",
    "compare": "Print the gate's table for two claims.",
    "export": "Write the graph for other tools.",
    "serve": "Serve the graph and the findings, read-only, with SPARQL and pages.",
    "explain": "Explain a check, a verdict or a finding.",
    "checks": "List the checks.",
    "waive": "Print a waiver for a finding, to put into kgcheck.toml.",
    "add": "Add documents to a store on disk.",
    "remove": "Remove a document from a store on disk.",
    "replace": "Replace a document in a store on disk.",
    "import": "Turn a claim sheet into RDF.",
    "extract": "Propose the claims that a text makes.",
    "review": "Walk through the claims of a text and accept, edit or reject them.",
    "init": "Lay out a project folder.",
    "completion": "Print a completion script for your shell.",
}
"""Command name → its line in the help; each lives in the module of that name in `commands`."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a guess at what an unknown name was meant to be."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            close = get_close_matches(args[0], COMMANDS, n=1)
            if not close:
                raise
            raise click.UsageError(f"{error.message} Did you mean {close[0]!r}?", ctx) from None

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kgcheck.cli.commands.{cmd_name}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


EPILOG = """\b
Examples:
  kgcheck check                      judge the packaged data, or the project you stand in
  kgcheck check claims/ --fail-on tension
  kgcheck explain value-conflict
  kgcheck compare so-28 so-lowest

\b
Exit codes: 0 nothing that --fail-on names, 1 such findings, 2 could not run.
"""


@click.group(
    PROGRAM,
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
@verbose_option
def program() -> None:
    """Find which claims of a set of documents cannot both hold, as worded.

    kgcheck compares wordings. It never judges truth, intent or competence.
    """
