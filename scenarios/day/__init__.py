"""一日の登場人物 — the outsider's browser, the counter's steps, the stories. See scenarios/README.md."""
