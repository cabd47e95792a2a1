"""Colours. Nothing depends on them: each says what a word beside it says too."""

from __future__ import annotations

from kgcheck.model.verdict import Verdict

VERDICTS = {
    Verdict.CONTRADICTION: "bold red",
    Verdict.TENSION: "bold yellow",
    Verdict.APPARENT: "bold cyan",
    Verdict.CORROBORATION: "bold green",
    Verdict.REPETITION: "green",
    Verdict.NONE: "bold",
}
QUOTE = "bold"
LABEL = "dim"
VIOLATION = "bold magenta"
COMMAND = "cyan"
