"""From rows of a check to findings: sides, the gate's verdict with reasons, wording, identity."""
