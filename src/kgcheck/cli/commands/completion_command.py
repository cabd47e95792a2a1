"""`kgcheck completion`: the script that teaches a shell to complete."""

from __future__ import annotations

import click

from kgcheck.cli import options
from kgcheck.cli.settings import PROGRAM

EPILOG = """\b
Examples:
  kgcheck completion bash >> ~/.bashrc
  kgcheck completion zsh > ~/.zfunc/_kgcheck
  kgcheck completion fish > ~/.config/fish/completions/kgcheck.fish
"""


@click.command("completion", epilog=EPILOG)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@options.verbose_option
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a completion script for your shell."""
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    assert completion is not None
    click.echo(completion(ctx.find_root().command, {}, PROGRAM, "_KGCHECK_COMPLETE").source())
