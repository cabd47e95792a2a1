"""An extractor that takes names from a spaCy model: people in posts that the grammar did not see."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from kgcheck.errors import UsageError
from kgcheck.extract.documents import SourceText
from kgcheck.extract.people import is_post, strip_title
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.rules import Reading

MODEL = "KGCHECK_SPACY_MODEL"
_DEFAULT = "en_core_web_sm"
_POST = re.compile(r",? (?P<post>(?:the |an? |its |their )?[^.,;:()“”\"\n]{3,60})(?=[,.;])")


class SpacyNames:
    """The extractor `spacy`: any installed model with an entity recogniser."""

    def __init__(self) -> None:
        """Load the model that KGCHECK_SPACY_MODEL names. Raises UsageError where it is not installed."""
        import spacy  # type: ignore[import-not-found,unused-ignore]

        name = os.environ.get(MODEL, _DEFAULT)
        try:
            self._model = spacy.load(name)
        except OSError as error:
            raise UsageError(
                f"the spaCy model {name!r} is not installed", remedy=f"install it, or name another in {MODEL}"
            ) from error

    def propose(self, source: SourceText, reading: Reading) -> Iterator[Proposal]:
        """Roles of people whom the model names and the rules did not."""
        known = {strip_title(mention.name) for mention in reading.cast.mentions}
        for sentence in reading.sentences:
            words = sentence.words_as_written
            for entity in self._model(words).ents:
                name = strip_title(entity.text)
                if entity.label_ != "PERSON" or name in known:
                    continue
                match = _POST.match(words, entity.end_char)
                if match is None or not is_post(match["post"]):
                    continue
                known.add(name)
                start, end = sentence.start + entity.start_char, sentence.start + match.end("post")
                notes = {
                    "person": name,
                    "post": match["post"],
                    "organisation": None,
                    "tense": "current",
                    "extractor": "spacy",
                }
                yield Proposal(
                    start, end, source.text[start:end], "role", confidence=0.6, speaker="article", notes=notes
                )
