"""よその言葉 — a text that came over the wire, made fit for a row and for the trail. F-2-20."""

from __future__ import annotations


def plain(text: str, length: int) -> str:
    """Cut to `length`; what cannot be printed becomes a question mark (no database takes a NUL)."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:length])
