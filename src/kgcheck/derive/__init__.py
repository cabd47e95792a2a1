"""What checks join on: from claims in documents to flat columns and blocks in one derived graph."""

from kgcheck.derive.derivation import Derived, derive

__all__ = ["Derived", "derive"]
