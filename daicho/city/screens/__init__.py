"""市の設定の画面 — settings, offices and terminals, certifiers, and their changes by two officers; the same in every system. 標準1.3; G-29."""
