"""起動 — starts a whole installation on one machine: database, keys, listeners, workers. 設計2章."""
