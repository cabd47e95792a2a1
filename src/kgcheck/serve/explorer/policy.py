"""What a browser may do on a page: nothing but what the page itself brings, and only to this server."""

from __future__ import annotations

_COMMON = ("default-src 'none'", "img-src 'self'", "base-uri 'none'", "form-action 'self'")
_ALONE = ("frame-ancestors 'none'",)

STRICT = "; ".join(
    (
        *_COMMON,
        *_ALONE,
        "style-src 'self'",
        "script-src 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Every page but one: styles and scripts are files of this server, and no text becomes markup."""

QUERYING = "; ".join(
    (
        *_COMMON,
        *_ALONE,
        "style-src 'self' 'unsafe-inline'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
    )
).replace("img-src 'self'; ", "", 1)
"""The query page: YASGUI's editor and tables set styles on elements, draw their icons from data:
addresses, build parts of themselves from markup, and ask /sparql."""


def of_drawing(page: str) -> str:
    """The policy of a page that brings its own in a meta element, with what only a header can say."""
    return "; ".join((page, *_ALONE))
