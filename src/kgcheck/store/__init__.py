"""The graph store: reading RDF, keeping it in Oxigraph, asking it, writing it out."""

from kgcheck.store.loading import LoadReport
from kgcheck.store.placing import COMMON, ONTOLOGY
from kgcheck.store.store import Results, Store, Term

__all__ = ["COMMON", "ONTOLOGY", "LoadReport", "Results", "Store", "Term"]
