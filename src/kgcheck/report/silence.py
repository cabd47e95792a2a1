"""What to say where nothing stands against anything, and why two claims do not."""

from __future__ import annotations

from collections.abc import Sequence

from kgcheck.model.claim import Claim, Mode
from kgcheck.model.finding import Reason
from kgcheck.model.period import Relation
from kgcheck.model.report import Report
from kgcheck.report.plain import counted

_PARTLY = (Relation.NARROWER, Relation.BROADER, Relation.OVERLAPS)


def nothing(report: Report) -> str:
    """One sentence for a report without contradiction and tension."""
    among = f"{counted(len(report.claims), 'claim')} that could be compared"
    if report.change is not None and report.change.partial:
        return f"No contradiction and no tension is new among {among}."
    return f"No contradiction and no tension among {among}."


def why_nothing(a: Claim, b: Claim, reasons: Sequence[Reason]) -> str:
    """One sentence for two claims that stand in no finding together, from how their scopes lie."""
    if a.iri in b.restates or b.iri in a.restates:
        return "One restates the other: that is one statement, made twice."
    if a.reading_of and a.reading_of == b.reading_of:
        return "They are two readings of one sentence, of which one can hold."
    apart = _dimensions(reasons, Relation.DISJOINT)
    unknown = _dimensions(reasons, Relation.UNKNOWN)
    if len(apart) > 1:
        return (
            f"They speak of different things in more than one respect ({_listed(apart)}): "
            "there is nothing to compare."
        )
    if apart:
        return f"They speak of different things (another {apart[0]}), and nothing else ties them together."
    if unknown:
        each = "is not known to be the same" if len(unknown) == 1 else "are not known to be the same"
        return f"They can both hold as worded; {_listed(unknown)} {each}."
    if a.kind is not b.kind:
        return "They are statements of different kinds, and no check compares these two."
    if Mode.ASSERTED not in (a.mode, b.mode):
        return "Neither is flatly asserted, so that nothing stands against the other."
    if partly := _dimensions(reasons, *_PARTLY):
        return f"One covers a part of what the other speaks of ({_listed(partly)}), and both can hold."
    where = " They stand in one document, which is no second source." if a.document == b.document else ""
    return f"They speak of the same, and both can hold as worded.{where}"


def _dimensions(reasons: Sequence[Reason], *relations: Relation) -> list[str]:
    return [reason.dimension for reason in reasons if reason.relation in relations]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
