"""語彙 — the pure vocabulary of the register: dates, numbers, names, addresses. No database, no clock, no settings."""
