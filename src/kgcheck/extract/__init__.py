"""Text to claims: reading documents as found, and proposing claims for a person to review."""
