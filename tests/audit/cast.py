"""操作履歴の試験の登場人物 — made-up officers of the trail's tests. No real person."""

from daicho.audit import Actor

READ = "residents:person:read"
CLERK = Actor(7, "otaru.hanako", "小樽花子", "0101", "戸籍住民課", "main", "window-3", frozenset({READ, "residents:event:accept", "audit:entry:read"}))
VISITOR = Actor(7, "otaru.hanako", "小樽花子", "0101", "戸籍住民課", "main", "window-3", CLERK.grants, visit_no="R08-000123")
