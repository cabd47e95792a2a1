"""What kgcheck reasons about: claims, scopes, intervals, vocabularies, findings. No I/O, no graph."""
