"""What stated words mean: numbers, hedges, units, periods and scopes. Pure; its tables are data."""

from kgcheck.semantics.changes import interpret_change
from kgcheck.semantics.policy import Policy, load_policy
from kgcheck.semantics.values import interpret

__all__ = ["Policy", "interpret", "interpret_change", "load_policy"]
