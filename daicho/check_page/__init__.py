"""照合ページ — the one page of the house that anybody may open: was this sheet issued by us, and does it still hold? No Django, no session. decision 0046."""
