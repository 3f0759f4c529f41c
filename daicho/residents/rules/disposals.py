"""処分の種類 — what became of a copy that should not be in anybody's hands. std 1.3.8 (N-1.3.8-11)."""

MISTAKEN = "mistaken"
"""A record that was itself a slip: the copy holds again. 交付履歴 is corrected only by a further row."""
DISPOSALS = (
    ("wrong", "誤って発行し、回収して処分した"),
    ("spoiled", "印刷の不良により処分した"),
    ("withdrawn", "請求の取下げにより処分した"),
    ("not_recovered", "誤って発行し、まだ回収していない"),
    (MISTAKEN, "処分の記録が誤り（この写しは有効）"),
)

RECOVERED = frozenset({"wrong", "spoiled", "withdrawn"})
"""The paper itself came back."""
