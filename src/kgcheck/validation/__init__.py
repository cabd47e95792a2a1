"""Whether claims are well formed (SHACL and the rules of graphs) and whether quotes stand in their texts."""

from __future__ import annotations

from kgcheck.validation.engine import Engine
from kgcheck.validation.quotes import verify_quotes
from kgcheck.validation.validate import ValidationReport, validate

__all__ = ["Engine", "ValidationReport", "validate", "verify_quotes"]
