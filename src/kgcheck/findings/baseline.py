"""This run beside an earlier one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kgcheck.errors import InputError, SyntaxInFile
from kgcheck.model.finding import Finding
from kgcheck.model.waiver import Change, Gone

_REMEDY = "give a report that 'kgcheck check --format json -o report.json' wrote"


def read_baseline(path: Path) -> list[dict[str, str]]:
    """The findings of an earlier report: id, fingerprint, check, verdict, message.

    Raises InputError where the file is no such report, SyntaxInFile where it is not JSON.
    """
    try:
        record: Any = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise SyntaxInFile("the baseline is not JSON", path, line, remedy=_REMEDY) from None
    except OSError as error:
        raise InputError(f"the baseline cannot be read: {error.strerror}", path, remedy=_REMEDY) from None
    found = record.get("findings") if isinstance(record, dict) else None
    keys = ("id", "fingerprint", "check", "verdict", "message")
    if not isinstance(found, list) or not all(
        isinstance(one, dict) and all(isinstance(one.get(key), str) for key in keys) for one in found
    ):
        raise InputError("this is no kgcheck report", path, remedy=_REMEDY)
    return [{key: one[key] for key in keys} for one in found]


def compared(findings: Iterable[Finding], baseline: Iterable[dict[str, str]]) -> Change:
    """What is new, changed, unchanged and gone since the baseline."""
    before = {one["id"]: one for one in baseline}
    now = {finding.id: finding for finding in findings}
    both = now.keys() & before.keys()
    unchanged = frozenset(name for name in both if before[name]["fingerprint"] == now[name].fingerprint)
    return Change(
        new=frozenset(now.keys() - before.keys()),
        changed=frozenset(both - unchanged),
        unchanged=unchanged,
        gone=tuple(
            Gone(name, one["check"], one["verdict"], one["message"])
            for name, one in before.items()
            if name not in now
        ),
    )
