"""コンビニ交付の画面 — the service, its answers, one person's data, and notices. S5-01…S5-03."""
