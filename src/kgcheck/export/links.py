"""Where sources come from, as the documents state it."""

from __future__ import annotations

import pyoxigraph as ox

from kgcheck.namespaces import DERIVED, expand
from kgcheck.store import Store

RELATIONS = {
    "prov:wasDerivedFrom": "derivedFrom",
    "prov:wasAttributedTo": "attributedTo",
    "prov:hadPrimarySource": "primarySource",
    "prov:wasQuotedFrom": "quotedFrom",
    "prov:wasRevisionOf": "revisionOf",
    "prov:actedOnBehalfOf": "actedOnBehalfOf",
}


def source_links(store: Store) -> list[tuple[str, str, str]]:
    """Every (subject, relation, object) of provenance between named things, sorted."""
    return sorted(
        {
            (quad.subject.value, relation, quad.object.value)
            for curie, relation in RELATIONS.items()
            for quad in store.raw.quads_for_pattern(None, ox.NamedNode(expand(curie)), None, None)
            if isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
            and quad.graph_name != ox.NamedNode(DERIVED)
        }
    )
