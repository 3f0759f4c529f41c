"""統合宛名の画面 — searching, one person's card, the departments allowed, doubles, and what was asked. S4-07."""
