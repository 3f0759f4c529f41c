"""外の世界 — the counterparts of the city, played over the real wire, one process, a port each. design §5.

Imports nothing of daicho: it knows the city by layouts/*.csv and by what comes over HTTPS, as the real counterparts would.
"""
