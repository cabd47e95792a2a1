"""What stated words mean: numbers, hedges, units, periods and scopes. Pure; its tables are data."""

from kgcheck.semantics.changes import interpret_change
from kgcheck.semantics.formatting import (
    describe_interval,
    describe_meaning,
    describe_outer,
    format_odds,
    format_value,
)
from kgcheck.semantics.periods import parse_edtf, resolve_period
from kgcheck.semantics.policy import Policy, load_policy
from kgcheck.semantics.values import interpret

__all__ = [
    "Policy",
    "describe_interval",
    "describe_meaning",
    "describe_outer",
    "format_odds",
    "format_value",
    "interpret",
    "interpret_change",
    "load_policy",
    "parse_edtf",
    "resolve_period",
]
