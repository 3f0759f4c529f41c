"""処理の画面 — jobs, their reservations and the record of their runs, the same in every system. 標準9.1."""
