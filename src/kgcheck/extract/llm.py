"""An extractor that asks a language model: any chat endpoint of the OpenAI kind with structured output.

It is used only where it is named (`--with llm`), and only then does anything go over the network.
Set `KGCHECK_LLM_URL` (the base address, ending in /v1), `KGCHECK_LLM_MODEL` and, where the endpoint
wants one, `KGCHECK_LLM_KEY`. What the model answers is proposed, nothing more: the gate drops every
claim whose quote does not stand in the text or whose value the quote does not state.
"""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kgcheck.errors import InputError, UsageError
from kgcheck.extract.documents import SourceText
from kgcheck.extract.proposals import KINDS, Proposal
from kgcheck.extract.rules import Reading
from kgcheck.extract.tables import read_table

_TABLE = read_table("llm.toml")
_PIECE = 12_000
"""Characters of the text that are sent at once."""

_LARGEST = 4_000_000
_PART = 1 << 16
_SECONDS = 120.0
_FIELDS: Mapping[str, Any] = {
    "quote": {"type": "string"},
    "kind": {"type": "string", "enum": list(KINDS)},
    "value": {"type": ["number", "string", "null"]},
    "unit": {"type": "string"},
    "comparator": {"type": "string", "enum": ["=", "<", ">", "<=", ">=", "~"]},
    "direction": {"type": ["string", "null"], "enum": ["up", "down", "flat", None]},
    "measure": {"type": ["string", "null"]},
    "speaker": {"type": ["string", "null"]},
    "period": {"type": ["string", "null"]},
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["claims"],
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": list(_FIELDS),
                "properties": _FIELDS,
            },
        }
    },
}
"""What an answer has to look like, as JSON Schema."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is asked."""

    url: str
    model: str
    key: str | None = None
    seconds: float = _SECONDS

    @classmethod
    def of_environment(cls) -> Endpoint:
        """The endpoint that the environment names. Raises UsageError where it names none."""
        url, model = os.environ.get("KGCHECK_LLM_URL"), os.environ.get("KGCHECK_LLM_MODEL")
        if not url or not model:
            raise UsageError(
                "the extractor 'llm' does not know whom to ask",
                remedy="set KGCHECK_LLM_URL and KGCHECK_LLM_MODEL (and KGCHECK_LLM_KEY for a key)",
            )
        if not url.startswith(("http://", "https://")):
            raise UsageError(f"KGCHECK_LLM_URL is no web address: {url!r}", remedy="write https://…/v1")
        return cls(url.rstrip("/"), model, os.environ.get("KGCHECK_LLM_KEY"))

    def ask(self, text: str) -> str:
        """The model's answer to a piece of text. Raises InputError where there is none."""
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": _TABLE["instruction"]},
                {"role": "user", "content": text},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "claims", "strict": True, "schema": SCHEMA},
            },
        }
        headers = {
            "Content-Type": "application/json",
            **({"Authorization": f"Bearer {self.key}"} if self.key else {}),
        }
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked in of_environment
            f"{self.url}/chat/completions", json.dumps(body).encode(), headers, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as answer:  # noqa: S310
                told = json.loads(_whole(answer, time.monotonic() + self.seconds))
            content = told["choices"][0]["message"]["content"]
        except urllib.error.HTTPError as error:
            error.close()
            raise InputError(
                f"the language model refuses: {error.code} {error.reason}",
                self.url,
                remedy="check the address, the key and the model",
            ) from None
        except (OSError, http.client.HTTPException) as error:
            raise InputError(
                f"the language model does not answer: {error}",
                self.url,
                remedy="try again, or leave out --with llm",
            ) from error
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise InputError(
                "the answer is not of the chat protocol", self.url, remedy="check KGCHECK_LLM_URL"
            ) from error
        if not isinstance(content, str):
            raise InputError("the answer holds no text", self.url, remedy="check the model's limits")
        return content


def _whole(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    """All of an answer.

    Raises TimeoutError where it drips in past the deadline, ValueError where it is too long.
    """
    read = bytearray()
    while part := answer.read1(_PART):
        read += part
        if len(read) > _LARGEST:
            raise ValueError("the answer is too long")
        if time.monotonic() > deadline:
            raise TimeoutError("the answer takes too long")
    if answer.length:
        raise http.client.IncompleteRead(bytes(read), answer.length)
    return bytes(read)


class LanguageModel:
    """The extractor `llm`."""

    def __init__(self, endpoint: Endpoint | None = None) -> None:
        """Ask `endpoint`, or the one that the environment names."""
        self.endpoint = endpoint or Endpoint.of_environment()

    def propose(self, source: SourceText, reading: Reading) -> Iterator[Proposal]:
        """The claims that the model finds.

        An answer that is no JSON, or not of the schema, proposes a claim that no gate lets through,
        so that it is counted among the dropped. Raises InputError where the model does not answer.
        """
        for start, piece in _pieces(source.text):
            try:
                told = json.loads(self.endpoint.ask(piece))
                claims = told["claims"] if isinstance(told, dict) else None
            except (ValueError, KeyError, RecursionError):
                claims = None
            if not isinstance(claims, list):
                yield _nothing()
                continue
            taken: dict[str, int] = {}
            for claim in claims:
                yield _proposal(claim, piece, start, taken)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + _PIECE)
        if end < len(text):
            cut = text.rfind("\n", start + _PIECE // 2, end)
            end = cut + 1 if cut > 0 else end
        yield start, text[start:end]
        start = end


def _proposal(claim: object, piece: str, start: int, taken: dict[str, int]) -> Proposal:
    """A claim of the answer at its place in the text; repeated quotes take the next place each."""
    if not isinstance(claim, dict) or not isinstance(claim.get("quote"), str) or not claim["quote"]:
        return _nothing()
    quote = claim["quote"]
    place = piece.find(quote, taken.get(quote, 0))
    if place < 0:
        return _nothing()
    taken[quote] = place + len(quote)
    value = claim.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float | str | None):
        return _nothing()
    if any(claim.get(name) not in (None, *_FIELDS[name]["enum"]) for name in ("comparator", "direction")):
        return _nothing()
    return Proposal(
        start + place, start + place + len(quote), quote, str(claim.get("kind")),
        value.casefold() if isinstance(value, str) else value,
        _text(claim, "comparator") or "=", False, _text(claim, "unit") or "-",
        measure=_text(claim, "measure"), period=_text(claim, "period"), speaker=_text(claim, "speaker"),
        direction=_text(claim, "direction"), confidence=0.5, stated=quote, notes={"extractor": "llm"},
    )  # fmt: skip


def _text(claim: Mapping[str, Any], name: str) -> str | None:
    value = claim.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _nothing() -> Proposal:
    """A proposal that stands nowhere in any text."""
    return Proposal(0, 0, "", "quote", notes={"extractor": "llm"})
