"""JSON that is safe wherever it is pasted."""

from __future__ import annotations

import json
import re

from kgcheck.export.sanitise import UNSAFE

# In JSON these stand in strings only. "<" could close a script element that the text is put into.
ESCAPED = re.compile(f"<|{UNSAFE.pattern}")


def json_text(value: object) -> bytes:
    """`value` as indented JSON, UTF-8; characters that are unsafe to show are \\u escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode() + b"\n"
