"""データベース接続 — Django's PostgreSQL backend, and how a kept connection is found to be dead. 設計2章."""
