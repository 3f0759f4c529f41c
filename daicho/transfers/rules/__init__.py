"""庁内連携の規則 — what a grant may say, whom and what a department sees, what it may write. Pure. 番号法第9条第1項; D-R1…D-R6."""
