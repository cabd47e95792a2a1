"""Queries run in processes of their own, which can be killed at any moment.

The server does not run queries. A second process, the spawner, holds the graph in memory and forks
workers, each of which sees the graph without a copy being made, confines itself, and answers to the
server over a socket of its own, one query at a time. A worker that was quick takes another query; one
that took long, or much memory, or whose client went away, is gone, and a new one takes its place.
"""
