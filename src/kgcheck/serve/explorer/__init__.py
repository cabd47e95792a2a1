"""Pages for people: documents, claims, findings and what ties them together."""
