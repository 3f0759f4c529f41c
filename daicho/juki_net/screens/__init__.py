"""住基ネットの画面 — notices and how they stand, the search of 本人確認情報 and one person's card."""
