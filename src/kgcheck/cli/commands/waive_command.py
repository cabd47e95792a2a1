"""`kgcheck waive`: a finding that somebody decides to live with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kgcheck.cli import options

EPILOG = """\b
Examples:
  kgcheck waive cb4b0a76 --reason "Two questions, asked and answered." --by "A. Editor" \\
      --until 2027-06-30 >> kgcheck.toml

\b
A waived finding is listed as waived and does not fail the run. It is reopened by a stronger
verdict or a new side, and a waiver that has run out fails the run.
"""


@click.command("waive", epilog=EPILOG)
@click.argument("finding")
@options.paths_argument
@click.option("--reason", required=True, help="Why it may stand.")
@click.option("--by", required=True, metavar="NAME", help="Who says so.")
@click.option(
    "--until",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The last day on which the waiver holds, such as 2027-06-30.",
)
@options.policy_option
@options.checks_option
@options.limits_options
@options.verbose_option
def command(
    finding: str,
    paths: tuple[Path, ...],
    reason: str,
    by: str,
    until: datetime,
    policy: str | None,
    checks_dirs: tuple[Path, ...],
) -> None:
    """Print a waiver for FINDING: its id, or how that begins.

    The checks run over the PATHs, or over what `kgcheck check` would take. Standard output gets a
    [[waivers]] table that records the verdict and the claims as they are now.
    """
    from kgcheck.cli.checking import judge, one_finding
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.output import deliver
    from kgcheck.findings.waivers import waiver_table
    from kgcheck.model.waiver import Waiver

    report = judge(gather(paths, policy=policy, checks_dirs=checks_dirs))
    found = one_finding(finding, report, ())
    claims = frozenset(party.claim.iri for party in found.parties)
    waiver = Waiver(found.id, reason, by, until.date(), found.verdict, claims)
    deliver(waiver_table(waiver), None)
