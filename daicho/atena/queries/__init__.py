"""統合宛名の照会 — every read of this room for its screens; each is recorded before it is shown. F-1-13."""
