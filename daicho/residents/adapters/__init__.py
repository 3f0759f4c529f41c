"""相手方への接続 — how the ports of this room are carried out: over the wire, and in memory for tests. G-22."""
