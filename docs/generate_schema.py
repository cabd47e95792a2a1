"""Write docs/report-schema.md, the reference of the JSON report, from docs/report.schema.json.

    python docs/generate_schema.py

A test compares the file with what `render` gives, so that the two cannot drift.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
SCHEMA = FOLDER / "report.schema.json"
PAGE = FOLDER / "report-schema.md"

_INTRODUCTION = """\
# The JSON report

What `kgcheck check --format json` writes, key by key. This page is made by `python docs/generate_schema.py`
from [`report.schema.json`](report.schema.json), a JSON Schema to validate against. Keys stay from version to
version; more may be added, so a reader should pass over keys that it does not know.

`--format jsonl` writes the same records, one on each line, for reports that are too long to be read at once.
"""


def render() -> str:
    """The whole page as Markdown."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    known = schema["$defs"]
    parts = [_INTRODUCTION, "## The report\n", *_table(schema, known)]
    for name, part in known.items():
        if "properties" in part:
            parts += [f"## {name}\n", *_table(part, known)]
    return "\n".join(parts)


def _table(part: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    if told := part.get("description"):
        yield f"{told}\n"
    required = set(part.get("required", ()))
    yield "| key | kind | |"
    yield "|---|---|---|"
    for name, value in part["properties"].items():
        absent = "" if name in required else " *may be absent*"
        cells = (f"`{name}`", _kind(value, known), f"{value.get('description', '')}{absent}".strip())
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""


def _kind(value: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """What may stand there, in words; what has keys of its own is a link to them."""
    if reference := value.get("$ref"):
        name = reference.rpartition("/")[2]
        return f"[{name}](#{name.lower()})" if "properties" in known[name] else _kind(known[name], known)
    if choices := value.get("anyOf") or value.get("oneOf"):
        return " or ".join(_kind(choice, known) for choice in choices)
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "enum" in value:
        return " or ".join(f"`{json.dumps(choice)}`" for choice in value["enum"])
    kinds = value.get("type", "anything")
    if kinds == "array":
        return f"list of {_kind(value.get('items', {}), known)}"
    return " or ".join([kinds] if isinstance(kinds, str) else kinds)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
