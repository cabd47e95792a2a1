"""The checks: readable SPARQL files, their registry, and the runner that makes findings of them."""
