"""Policies: the packaged ones, those of a file, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest

from kgcheck.errors import InputError, SyntaxInFile, UsageError
from kgcheck.semantics import interpret, load_policy

DEFAULT = files("kgcheck.semantics").joinpath("policies/default.toml").read_text(encoding="utf-8")


def test_the_packaged_policies_are_loaded_once_and_can_be_keys() -> None:
    assert load_policy() is load_policy("default")
    assert load_policy("strict").name == "strict"
    assert len({load_policy("default"), load_policy("strict")}) == 2


def test_a_file_can_be_a_policy(tmp_path: Path) -> None:
    path = tmp_path / "loose.toml"
    path.write_text(
        DEFAULT.replace('name = "default"', 'name = "loose"').replace('outer = "1"', 'outer = "3"', 1)
    )
    policy = load_policy(str(path))
    assert policy.name == "loose"
    assert policy.digits.outer == Fraction(3)
    assert str(interpret("2.8%", policy=policy).outer) == "[0.025, 0.031]"


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no policy 'lax'"):
        load_policy("lax")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the policy"):
        load_policy(str(tmp_path / "none.toml"))


@pytest.mark.parametrize(
    "text",
    [
        "not toml at all [",
        'name = "empty"',
        DEFAULT.replace('inner = "1/2"', 'inner = "-1/2"', 1),
        DEFAULT.replace('inner = "1/2"', 'inner = "wide"', 1),
        DEFAULT.replace('inner = "1/2"', 'inner = "1/0"', 1),
        DEFAULT.replace("[granule.fractions]", "[granule.other]"),
    ],
)
def test_a_file_that_is_no_policy_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SyntaxInFile) as caught:
        load_policy(str(path))
    assert caught.value.path == path
