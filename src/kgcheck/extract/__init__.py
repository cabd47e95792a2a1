"""Text to claims: reading documents as found, and proposing claims for a person to review."""

from kgcheck.extract.documents import SourceText
from kgcheck.extract.extraction import Extraction, extract
from kgcheck.extract.proposals import Proposal

__all__ = ["Extraction", "Proposal", "SourceText", "extract"]
