"""Seeded graphs of made-up claims, with all conflicts and malformed claims known."""

from bench.generator.generation import FORMATS, Generated, generate

__all__ = ["FORMATS", "Generated", "generate"]
