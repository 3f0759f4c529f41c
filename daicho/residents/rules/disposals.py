"""処分の種類 — what became of a copy that should not be in anybody's hands. std 1.3.8 (N-1.3.8-11)."""

DISPOSALS = (
    ("wrong", "誤って発行し、回収して処分した"),
    ("spoiled", "印刷の不良により処分した"),
    ("withdrawn", "請求の取下げにより処分した"),
    ("not_recovered", "誤って発行し、まだ回収していない"),
)
