"""紙 — documents on paper: fonts, glyph checks, fitting text into boxes, PDF. No domain word lives here (design §7)."""
