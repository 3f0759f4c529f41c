"""住基ネットの読み — how notices stand (notices), and the people of file (2) (identity). Every reading is recorded before it is shown."""
