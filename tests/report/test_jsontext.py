"""JSON loses nothing, hides nothing, and looks as Python itself would indent it."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.report.jsontext import json_text

HIDING = "\x00\x1f\x7f\x85\u200f\u2028\u202e\ufeff\ud800\udfff"
TEXTS = st.text(
    st.one_of(st.sampled_from('"\\/\n\t{}[],: «é😀' + HIDING), st.characters(codec=None)), max_size=12
)
NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
VALUES: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


@pytest.mark.parametrize("indent", [None, 2])
@given(value=VALUES)
def test_it_reads_back_and_hides_nothing(value: Any, indent: int | None) -> None:
    text = json_text(value, indent=indent)
    assert json.loads(text) == value
    assert not {unicodedata.category(c) for c in text if c != "\n"} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(value=VALUES)
def test_it_is_indented_as_usual(value: Any) -> None:
    usual = json.dumps(value, ensure_ascii=True, indent=2)
    assert json.dumps(json.loads(json_text(value, indent=2)), indent=2) == usual
    assert [len(line) - len(line.lstrip(" ")) for line in json_text(value, indent=2).split("\n")] == [
        len(line) - len(line.lstrip(" ")) for line in usual.split("\n")
    ]
