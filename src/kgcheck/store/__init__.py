"""The graph store: reading RDF, keeping it in Oxigraph, asking it, writing it out."""
