"""認証器への接続 — implementations of this room's ports. F-2-08."""
