"""処分の種類 — what became of a copy that should not be in anybody's hands. std 1.3.8 (N-1.3.8-11)."""

from collections.abc import Iterable

MISTAKEN = "mistaken"
"""A record that was itself a slip: the copy holds again. 交付履歴 is corrected only by a further row."""
DISPOSALS = (
    ("wrong", "誤って発行し、回収して処分した"),
    ("spoiled", "印刷の不良により処分した"),
    ("withdrawn", "請求の取下げにより処分した"),
    ("not_recovered", "誤って発行し、まだ回収していない"),
    ("to_call_in", "転出の取消しにより、回収が必要"),
    ("called_in", "転出の取消しにより、回収して処分した"),
    (MISTAKEN, "処分の記録が誤り（この写しは有効）"),
)

RECOVERED = frozenset({"wrong", "spoiled", "withdrawn", "called_in"})
"""The paper itself came back."""
NEVER_HANDED_OVER = RECOVERED - {"called_in"}
"""After these it is as if it had not been issued: the next is the first, and the fee goes back."""


def stands(kinds: Iterable[str]) -> bool:
    """Whether a copy counts as handed over after these records, in their order."""
    stood = True
    for kind in kinds:
        stood = kind == MISTAKEN or (stood and kind not in NEVER_HANDED_OVER)
    return stood
