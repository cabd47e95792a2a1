"""The page's Content Security Policy: its own style and script, and nothing else from anywhere."""

from __future__ import annotations

import base64
import hashlib


def digest(text: str) -> str:
    """The hash by which a policy names an inline block (W3C CSP 3, section 2.3.1)."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def content_policy(style: str, script: str) -> str:
    """No address may be loaded or posted to; only these two blocks apply; no text becomes markup."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {digest(style)}",
            f"script-src {digest(script)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
