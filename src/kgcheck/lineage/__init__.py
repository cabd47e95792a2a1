"""Where claims come from: citation graphs, their roots and circles, and groups of conflicts."""
