"""The read-only server: SPARQL 1.1 Protocol and pages to explore, over one run of the checks."""
