"""Data as text that cannot drive a terminal, reorder a line or break a row."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.report.plain import counted, plain, plain_lines, shortened


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("a plain quote", "a plain quote"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]8;;https://example.org\x07link\x1b]8;;\x07", "]8;;https://example.orglink]8;;"),
        ("over\u202eturned\u202c", "overturned"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("two\nlines\r\nand\ttabs", "two lines and tabs"),
        ("line\u2028separator", "line separator"),
        ("\x85next line \x9b31m", "next line 31m"),
        ("क्\u200dष", "क्\u200dष"),
        ("tag\U000e0041ged", "tagged"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
        ("  padded  ", "padded"),
    ],
)
def test_plain(given_text: str, printed: str) -> None:
    assert plain(given_text) == printed


@given(st.text())
def test_plain_holds_nothing_unsafe_and_settles(text: str) -> None:
    safe = plain(text)
    assert plain(safe) == safe
    assert not [c for c in safe if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not [c for c in safe if unicodedata.category(c) == "Cf" and c not in "\u200c\u200d"]


@given(st.text())
def test_lines_keep_nothing_but_line_ends(text: str) -> None:
    for line in plain_lines(text).split("\n"):
        assert not [c for c in line if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]


def test_counted_and_shortened() -> None:
    assert counted(1, "claim") == "1 claim"
    assert counted(1234, "claim") == "1,234 claims"
    assert shortened("a long quote", 7) == "a long…"
    assert shortened("short", 7) == "short"
