"""`kgcheck export`: the graph for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options
from kgcheck.export import FORMATS

EPILOG = """\b
Examples:
  kgcheck export --format graphml -o claims.graphml
  kgcheck export claims/ --format turtle --with-findings -o graph.ttl
  kgcheck export --format csv -o tables/      two tables: nodes.csv and edges.csv
"""


@click.command("export", epilog=EPILOG)
@options.paths_argument
@options.stores_option
@options.format_option(*FORMATS, default="turtle")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE; all of it or nothing. For csv a folder or a .zip.",
)
@click.option("--with-findings", is_flag=True, help="Export what the checks found beside the claims.")
@options.policy_option
@options.checks_option
@options.limits_options
@options.verbose_option
def command(
    paths: tuple[Path, ...],
    stores: tuple[Path, ...],
    form: str,
    output: Path | None,
    with_findings: bool,
    policy: str | None,
    checks_dirs: tuple[Path, ...],
) -> None:
    """Write documents, claims and their sources for other tools.

    PATHs are files or folders of RDF.
    """
    from kgcheck.cli.checking import judge
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.output import deliver
    from kgcheck.cli.reading import loaded
    from kgcheck.export import export

    inputs = gather((*paths, *stores), policy=policy, checks_dirs=checks_dirs)
    report = judge(inputs)
    content = export(report, loaded(inputs), output, form, with_findings=with_findings)
    if content is not None:
        deliver(content, None)
