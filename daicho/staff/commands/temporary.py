"""仮の合言葉 — secrets that are told once, from paper or by mouth: of letters that are not taken for one another. std 10.3-05; F-2-08."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def temporary_secret(parts: int, letters: int) -> str:
    """`parts` groups of `letters`, joined by hyphens: five bits a letter."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(letters)) for _ in range(parts))
