"""画面の共通部品 — design values, forms from declarations, keyboard, tables, before/after view. No domain rule is here."""
