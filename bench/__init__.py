"""計測 — what daicho takes for the counter's work, against the least it could take, in one run. Issue step 8; design §10."""
