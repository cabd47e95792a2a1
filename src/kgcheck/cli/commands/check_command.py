"""`kgcheck check`: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options
from kgcheck.cli.exits import CAUSES, DEFAULT_CAUSES, exit_code
from kgcheck.cli.settings import Settings
from kgcheck.errors import UsageError
from kgcheck.report import FORMATS

UNFOLD = {
    "apparent": ("apparent",),
    "agreements": ("corroboration", "repetition"),
    "corroboration": ("corroboration",),
    "repetition": ("repetition",),
    "notes": ("none",),
}
"""What --show takes → the verdicts that it unfolds."""

EPILOG = """\b
Examples:
  kgcheck check                                the project you stand in, else the packaged data
  kgcheck check claims/ more.ttl               files and folders of RDF
  kgcheck check --format json -o report.json
  kgcheck check --select grade-conflict,run-broken --fail-on none
  zcat claims.nq.gz | kgcheck check -          standard input
  kgcheck check article.txt                    the claims of a text, as drafts
  kgcheck check --endpoint https://example.org/sparql
  kgcheck check --texts texts/                 compare every quote with its text
  kgcheck check --store archive --since-last   what the last additions to a store brought

\b
Exit codes: 0 nothing that --fail-on names, 1 such findings, 2 could not run.
A quote that differs from its text counts as a violation.
"""


@click.command("check", epilog=EPILOG)
@options.paths_argument
@options.stores_option
@options.endpoint_options
@options.input_format_option
@options.engine_option
@options.format_option(*FORMATS, default="text")
@options.output_option
@options.selection_options
@click.option(
    "--fail-on",
    "causes",
    multiple=True,
    type=click.Choice(CAUSES),
    default=DEFAULT_CAUSES,
    show_default=True,
    help="Exit with 1 if there is any of these; may be repeated.",
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder with the documents' texts: every quote is looked up in them.",
)
@click.option(
    "--show",
    multiple=True,
    type=click.Choice(tuple(UNFOLD)),
    help="Unfold what the report only counts; may be repeated.",
)
@click.option("--all", "everything", is_flag=True, help="Unfold everything.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="REPORT",
    help="An earlier JSON report: say what is new, changed and gone since.",
)
@click.option(
    "--since-last",
    is_flag=True,
    help="Of a store: tell only what is new, changed or gone since its last check, and exit with 1 for that"
    " alone.",
)
@click.option(
    "--timings",
    is_flag=True,
    help="Say what each step and check took, with rows, blocks and findings: on standard error, or in"
    " the report where that is JSON.",
)
@options.shacl_option
@options.limits_options
@options.verbose_option
@click.pass_obj
def command(
    settings: Settings,
    paths: tuple[Path, ...],
    stores: tuple[Path, ...],
    endpoint: str | None,
    endpoint_graphs: tuple[str, ...],
    endpoint_rows: int | None,
    input_form: str | None,
    engine: str,
    form: str,
    output: Path | None,
    policy: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    checks_dirs: tuple[Path, ...],
    causes: tuple[str, ...],
    texts: Path | None,
    show: tuple[str, ...],
    everything: bool,
    baseline: Path | None,
    since_last: bool,
    timings: bool,
) -> int:
    """Validate claims and find those that cannot both hold, as worded.

    PATHs are files or folders of RDF, - for standard input, and texts: their claims are extracted and
    checked as drafts, whose findings never fail the run unless --fail-on draft says so. The report
    goes to standard output, everything else to standard error.
    """
    from contextlib import ExitStack
    from dataclasses import replace

    from kgcheck.cli.checking import judge, loaded_checks
    from kgcheck.cli.drafting import drafted
    from kgcheck.cli.fetching import fetched
    from kgcheck.cli.following import followed_up
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.output import colour, deliver_parts, width
    from kgcheck.cli.piping import piped
    from kgcheck.cli.timing import Stopwatch
    from kgcheck.cli.whereabouts import claim_places
    from kgcheck.engines.spark import parquet_in
    from kgcheck.report import pieces

    if "none" in causes and len(causes) > 1:
        raise UsageError(
            "--fail-on none leaves no room for another --fail-on", remedy="give one or the other"
        )
    if since_last and baseline:
        raise UsageError("--since-last and --baseline are two measures", remedy="give one of them")
    watch, written = Stopwatch(), None
    with ExitStack() as stack:
        named = stack.enter_context(piped((*paths, *stores), input_form))
        given = stack.enter_context(fetched(endpoint, endpoint_graphs, endpoint_rows, named))
        places = stack.enter_context(drafted(given))
        inputs = gather(places, policy=policy, checks_dirs=checks_dirs, texts=texts)
        checks = loaded_checks(inputs.checks)
        report = followed_up(
            judge(inputs, select=select, ignore=ignore, engine=engine, watch=watch, since_last=since_last),
            inputs.waivers,
            baseline,
            whole=not (select or ignore or since_last),
        )
        if form == "sarif":
            lasting = inputs
            if inputs.paths is not None:  # nobody can open what came in through standard input
                gone = {*named} - {*paths, *stores}
                kept = (path for path in inputs.paths if path not in gone and not parquet_in(path))
                lasting = replace(inputs, paths=tuple(kept))
            written = claim_places(report, lasting, paths)
    watch.stop()
    if timings and form == "json":
        report = replace(report, timings=watch.timed)
    shown = UNFOLD if everything else show
    text = pieces(
        report,
        form,
        width=width(),
        colour=colour(output),
        show=frozenset(verdict for name in shown for verdict in UNFOLD[name]),
        verbose=settings.verbose,
        checks=checks,
        places=written,
    )
    deliver_parts(text, output)
    if timings and form != "json":
        from kgcheck.report.timings import timings_text

        click.echo(timings_text(watch.timed), err=True, nl=False)
    return exit_code(report, causes)
