"""What a browser may do on a page: nothing but what the page itself brings, and only to this server."""

from __future__ import annotations

_EVERYWHERE = (
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "script-src 'self'",
)

STRICT = "; ".join(
    (
        *_EVERYWHERE,
        "style-src 'self'",
        "img-src 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Every page but one: styles and scripts are files of this server, and no text becomes markup."""

_COLUMN_RESIZER = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
"""The one style element of YASGUI 4.6.2: that of the handles between the columns of its tables."""

QUERYING = "; ".join(
    (
        *_EVERYWHERE,
        f"style-src 'self' {_COLUMN_RESIZER}",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
    )
)
"""The query page. YASGUI writes style attributes into the markup that it builds its tables from (other
style elements stay forbidden), draws its icons from data: addresses, and asks /sparql."""


def of_drawing(page: str) -> str:
    """The policy of a page that brings its own in a meta element, with what only a header can say."""
    return f"{page}; frame-ancestors 'none'"
