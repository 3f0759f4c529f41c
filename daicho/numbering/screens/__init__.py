"""採番の画面 — the series of a system, the same wherever numbers are given out. 標準1.1.13."""
