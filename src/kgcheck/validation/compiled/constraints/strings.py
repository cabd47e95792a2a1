"""sh:minLength, sh:maxLength, sh:pattern, sh:languageIn, sh:uniqueLang."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.compiled.shape import Conformance, Constraint, Failure, ValueConstraint
from kgcheck.validation.compiled.terms import is_blank, language, name
from kgcheck.validation.compiled.values import Values


@dataclass(frozen=True, slots=True)
class MinLength(ValueConstraint):
    """IRIs and words of literals have at least so many code points."""

    length: int
    component = sh("MinLengthConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        if self.length == 0:
            return frozenset()
        return {value for value in values if is_blank(value) or len(name(value)) < self.length}


@dataclass(frozen=True, slots=True)
class MaxLength(ValueConstraint):
    """IRIs and words of literals have at most so many code points."""

    length: int
    component = sh("MaxLengthConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return {value for value in values if is_blank(value) or len(name(value)) > self.length}


@dataclass(frozen=True, slots=True)
class Pattern(ValueConstraint):
    """The regular expression is found in IRIs and in the words of literals."""

    pattern: re.Pattern[str]
    component = sh("PatternConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        search = self.pattern.search
        return {value for value in values if is_blank(value) or not search(name(value))}


@dataclass(frozen=True, slots=True)
class LanguageIn(ValueConstraint):
    """Literals are in one of the languages, which are in small letters; `*` is any."""

    languages: frozenset[str]
    component = sh("LanguageInConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return {value for value in values if not self._allows(language(value))}

    def _allows(self, tag: str | None) -> bool:
        if not tag:
            return False
        return not self.languages.isdisjoint(("*", tag, tag.partition("-")[0]))


@dataclass(frozen=True, slots=True)
class UniqueLang(Constraint):
    """No two values are in one language."""

    component = sh("UniqueLangConstraintComponent")

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        tags = {value: tag for value in values.distinct if (tag := language(value))}
        counts = Counter((focus, tags[value]) for focus, value in values.having(tags.keys()))
        return (Failure(focus) for (focus, _), count in counts.items() if count > 1)
