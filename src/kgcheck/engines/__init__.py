"""Ways to run all checks: here, in this process, over the embedded store."""
