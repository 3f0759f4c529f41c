"""届いた通知 — what comes from outside, kind by kind: each file reads its own message into one `Reading` (reading.py). spec/domain.md §4.2, §9."""
