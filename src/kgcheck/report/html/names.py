"""Names for places on the page: they come from data, and must be ordinary ids."""

from __future__ import annotations

import hashlib
import re

_ORDINARY = re.compile(r"[A-Za-z0-9._-]{1,80}")


def anchor(kind: str, name: str) -> str:
    """The id of a place: `f-` before a finding's id, and a digest in place of an odd name."""
    if _ORDINARY.fullmatch(name):
        return f"{kind}-{name}"
    return f"{kind}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}"
