"""玄関 — the front door: settings, urls, wiring, the launcher and the `daicho` command."""
