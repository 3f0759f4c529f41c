"""相手方への接続 — how the port of this room is carried out: over the wire, and in memory for tests. G-24."""
