"""通知書の場面 — what brings each letter about, by who is concerned (story_12_letters.py plays them)."""
