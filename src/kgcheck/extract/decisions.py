"""What a person has decided of the drafts of a text, kept in a file from the first decision on."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kgcheck.errors import InputError
from kgcheck.extract.drafting import Row

ACCEPT, EDIT, REJECT, SKIP = "accept", "edit", "reject", "skip"


@dataclass(slots=True)
class Decisions:
    """The decisions on one text, by the ids of its claims; the last one on a claim counts.

    Every decision is on the disk before the next question is asked, so that nothing is lost
    whatever ends the program. A decision belongs to a text by the text's SHA-256.
    """

    path: Path
    digest: str
    made: dict[str, str] = field(default_factory=dict)
    edits: dict[str, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path, text: str) -> Decisions:
        """The decisions kept in `path`, none where there is no such file.

        A last line that was cut off while it was written is left out. Raises InputError where the
        file is of another text or is no file of decisions.
        """
        decisions = cls(path, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        if path.exists():
            decisions._read()
        return decisions

    def decide(self, claim: str, decision: str, row: Mapping[str, str] | None = None) -> None:
        """Keep a decision: in memory, and at the end of the file."""
        told = {
            "text": self.digest,
            "claim": claim,
            "decision": decision,
            **({"row": dict(row)} if row else {}),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._take(told)

    def decided(self, claim: str) -> bool:
        """Whether nothing more is to be asked about a claim; a skipped one is asked again."""
        return self.made.get(claim, SKIP) != SKIP

    @property
    def accepted(self) -> tuple[str, ...]:
        """The claims that a person has accepted, as they were or edited."""
        return tuple(claim for claim, decision in self.made.items() if decision in {ACCEPT, EDIT})

    @property
    def rejected(self) -> tuple[str, ...]:
        """The claims that a person has rejected."""
        return tuple(claim for claim, decision in self.made.items() if decision == REJECT)

    def _read(self) -> None:
        try:
            lines = self.path.read_text("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("the decisions cannot be read", self.path) from error
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                told = json.loads(line)
                same = told["text"] == self.digest
                self._take(told) if same else None
            except (ValueError, KeyError, TypeError) as error:
                if number >= len(lines) - 1:
                    break
                raise InputError(
                    "this line is no decision", self.path, number, remedy="mend it or take it out"
                ) from error
            if not same:
                raise InputError(
                    "the decisions are about another text, or an older state of this one",
                    self.path,
                    number,
                    remedy="move the file away to begin anew",
                )

    def _take(self, told: Mapping[str, object]) -> None:
        claim = str(told["claim"])
        self.made[claim] = str(told["decision"])
        row = told.get("row")
        if isinstance(row, dict):
            self.edits[claim] = {str(column): str(words) for column, words in row.items()}
