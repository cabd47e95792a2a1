"""`kgcheck export`: the graph for other tools."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from kgcheck.cli import options
from kgcheck.errors import UsageError
from kgcheck.export import FORMATS
from kgcheck.model.verdict import Verdict

VERDICTS = tuple(verdict.value for verdict in Verdict)

EPILOG = """\b
Examples:
  kgcheck export --format graphml -o claims.graphml
  kgcheck export claims/ --format turtle --with-findings -o graph.ttl
  kgcheck export --format csv -o tables/      two tables: nodes.csv and edges.csv
  kgcheck export --verdict contradiction,tension --format html -o graph.html
  kgcheck export --around "BBC News" --depth 2 --format gexf -o bbc.gexf
  kgcheck export --document d1 --from 2018 --to 2019-03 --format trig

Options that narrow down must all hold. A claim always comes with its document, its speaker and what
it is about, and a finding with all of its claims.
"""


def _verdicts(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(name for entry in value for part in entry.split(",") if (name := part.strip()))
    for name in names:
        if name not in VERDICTS:
            near = difflib.get_close_matches(name, VERDICTS, 1)
            remedy = f"did you mean {near[0]}?" if near else f"choose among {', '.join(VERDICTS)}"
            raise UsageError(f"there is no verdict called {name!r}", remedy=remedy)
    return names


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
@click.option(
    "--around",
    multiple=True,
    metavar="IRI",
    help="Only what few steps lead to from this claim, document, person, body, source, measure or finding, "
    "named by its IRI, the end of it, its identifier or its label; may be repeated.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many steps --around goes. Default: 2.",
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="NAME",
    help="Only claims of this document; may be repeated.",
)
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    callback=_verdicts,
    metavar="VERDICT",
    help="Only claims of findings with this verdict; comma-separated or repeated.",
)
@click.option(
    "--from",
    "start",
    metavar="DATE",
    help="Only claims about this time or later: 2018, 2018-04 or 2018-04-05.",
)
@click.option("--to", "end", metavar="DATE", help="Only claims about this time or earlier.")
@click.option(
    "--dates",
    type=click.Choice(("period", "issued")),
    default="period",
    show_default=True,
    help="What --from and --to look at: the period a claim speaks of, or the day its document came out.",
)
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
    around: tuple[str, ...],
    depth: int | None,
    documents: tuple[str, ...],
    verdicts: tuple[str, ...],
    start: str | None,
    end: str | None,
    dates: str,
    policy: str | None,
    checks_dirs: tuple[Path, ...],
) -> None:
    """Write documents, claims and their sources for other tools.

    PATHs are files or folders of RDF.
    """
    from kgcheck.cli.checking import judge
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.output import deliver, note
    from kgcheck.cli.reading import loaded
    from kgcheck.export import export
    from kgcheck.export.selection import Selection, day

    if depth is not None and not around:
        raise UsageError("--depth says how far --around goes", remedy="name a start with --around")
    selection = Selection(
        around=around,
        depth=depth or 2,
        documents=documents,
        verdicts=frozenset(map(Verdict, verdicts)),
        start=day(start) if start else None,
        end=day(end, last=True) if end else None,
        issued=dates == "issued",
    )
    inputs = gather((*paths, *stores), policy=policy, checks_dirs=checks_dirs)
    report = judge(inputs)
    content = export(
        report, loaded(inputs), output, form, with_findings=with_findings, selection=selection, note=note
    )
    if content is not None:
        deliver(content, None)
