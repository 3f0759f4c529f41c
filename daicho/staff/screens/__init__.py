"""職員の画面 — sign-in, sign-off, password, my rights."""
