"""Queries run in processes of their own, one for each, which can be killed at any moment.

The server does not run queries. A second process, the spawner, holds the graph in memory; for each
query it forks a worker, which sees the graph without a copy being made, confines itself, answers to the
server over a socket of its own, and is gone. So a query costs a fork, whatever the size of the graph,
and no more memory than it needs for itself.
"""
