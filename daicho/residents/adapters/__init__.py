"""相手方への接続 — implementations of this room's ports."""
