"""架空の市 — a made-up city of any size. No real person."""
