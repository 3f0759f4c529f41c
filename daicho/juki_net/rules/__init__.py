"""住基ネットの規則 — pure: the 40 items, their vocabulary, and what an update may do to them. F-2-22."""
