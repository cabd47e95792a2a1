"""What is said of a quote that does not stand in its text."""

from __future__ import annotations

from kgcheck.model.report import QuoteProblem, Report
from kgcheck.report.plain import plain

_TITLES = {
    "altered": "The text of {document} has other words in place of the quote",
    "absent": "The text of {document} does not have the quote",
    "misplaced": "The text of {document} has the quote at another place",
    "text-changed": "The text of {document} is not the one that the claims were read from",
    "text-missing": "There is no text of {document}: its quotes were not looked up",
}


def title(problem: QuoteProblem, report: Report) -> str:
    """One line about a problem; a status that is not known is shown as it is."""
    document = report.documents.get(problem.document)
    name = plain(document.identifier if document else problem.document)
    pattern = _TITLES.get(problem.status, f"{plain(problem.status)}: {{document}}")
    return pattern.format(document=name)


def of_document(problem: QuoteProblem) -> bool:
    """Whether it is about a whole text and not about one quote."""
    return problem.status.startswith("text-")
