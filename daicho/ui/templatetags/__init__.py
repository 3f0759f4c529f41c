"""共通部品の型札 — template tags."""
