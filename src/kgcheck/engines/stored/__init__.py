"""A store on disk, checked again after a change by looking only at what the change touches."""

from kgcheck.engines.stored.running import check_store

__all__ = ["check_store"]
