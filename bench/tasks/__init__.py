"""What is measured in a process of its own: one function each, which returns what it told as JSON."""
