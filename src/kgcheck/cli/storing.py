"""What a step in a store changed, as lines to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgcheck.store.archive import Change


MANY = 50
"""More documents than this are counted, not listed."""


def change_text(change: Change) -> str:
    """One line for each document, for many one in all, and one for statements that belong to none."""
    from kgcheck.report.plain import counted, plain

    parts = (("added", change.added), ("replaced", change.replaced), ("removed", change.removed))
    lines = []
    for word, documents in parts:
        if len(documents) > MANY:
            lines.append(f"{word}  {counted(len(documents), 'document')}")
        else:
            lines += [f"{word}  {plain(document)}" for document in documents]
    if not lines:
        lines.append(f"added  {counted(change.triples, 'statement')} that belong to no document")
    return "\n".join(lines) + "\n"
