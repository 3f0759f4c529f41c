"""一日 — the stories that an outsider plays against a throwaway city. Imports nothing of daicho."""
