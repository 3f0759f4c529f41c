"""住基ネットの画面 — notices and how they stand; no search of people (F-2-08)."""
