"""`kgcheck explain`: what a name means, or what a finding found."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options

EPILOG = """\b
Examples:
  kgcheck explain value-conflict         a check
  kgcheck explain tension                a verdict
  kgcheck explain incomplete             another word of the report: violation, incomplete, draft, waived
  kgcheck explain 3f9c2a claims/         a finding, by its id or how that begins
"""


@click.command("explain", epilog=EPILOG)
@click.argument("name")
@options.paths_argument
@options.data_option
@options.policy_option
@options.checks_option
@options.limits_options
@options.verbose_option
def command(
    name: str,
    paths: tuple[Path, ...],
    data: tuple[Path, ...],
    policy: str | None,
    checks_dirs: tuple[Path, ...],
) -> None:
    """Explain NAME: a check, a verdict, another word of the report, or the id of a finding.

    For a finding the checks run over the PATHs, or over what `kgcheck check` would take.
    """
    from kgcheck.cli.checking import judge, loaded_checks, one_finding
    from kgcheck.cli.inputs import gather, gather_checks
    from kgcheck.cli.output import colour, deliver, width
    from kgcheck.model.verdict import Verdict
    from kgcheck.report.catalogue import explanation
    from kgcheck.report.verdicts import terms, words

    if name in set(Verdict):
        deliver(words(Verdict(name)).meaning.lstrip("\n"), None)
        return
    if name in terms():
        deliver(terms()[name].lstrip("\n"), None)
        return
    checks = loaded_checks(gather_checks(checks_dirs))
    if name in checks:
        deliver(explanation(checks[name]), None)
        return
    names = [*checks, *(verdict.value for verdict in Verdict), *terms()]
    report = judge(gather((*paths, *data), policy=policy, checks_dirs=checks_dirs))
    finding = one_finding(name, report, names)

    from kgcheck.report.options import Options
    from kgcheck.report.text.page import finding_text

    deliver(finding_text(finding, report, Options(width=width(), colour=colour(None))), None)
