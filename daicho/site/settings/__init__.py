"""設定 — one small settings module for each system, on a shared base."""
