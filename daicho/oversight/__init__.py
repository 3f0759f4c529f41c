"""点検 — what administrators and auditors look at in every system: how it runs, and what was done in it. F-1-13, F-1-15; S3-10."""
