"""The pages, one kind each."""
