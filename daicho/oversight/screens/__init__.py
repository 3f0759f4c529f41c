"""点検の画面 — the same in every system: 稼働状況 and 操作履歴. F-1-13, S3-10."""
