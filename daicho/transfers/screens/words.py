"""画面の言葉 — what officers read for kinds, counterparts, states and items. 標準7.2.3; D-R1."""

from collections.abc import Iterable, Mapping

from daicho.transfers.rules.grants import METHODS_JA
from daicho.transfers.rules.layouts import ENTRY, FEED, layout
from daicho.transfers.rules.scope import SCOPES_JA

KINDS: Mapping[str, str] = {
    "department_feed": "異動の連携（リアルタイム）",
    "department_batch": "異動の連携（準リアルタイム）",
    "department_entry_outcome": "書戻しの結果",
    "department_items": "書戻し（住民記録へ）",
}
DESTINATIONS: Mapping[str, str] = {"departments": "庁内各課の業務システム", "residents": "住民記録"}

STATES: Mapping[str, tuple[str, str]] = {
    "waiting": ("waiting", "承認待ち"), "declined": ("neutral", "却下"), "later": ("info", "承認済み（開始前）"), "in_force": ("success", "有効"),
    "ended": ("neutral", "終了"), "revoked": ("error", "取消し"),
}  # fmt: skip
"""Badge and word of a grant's state."""

WRITE_BACK_BADGES: Mapping[str, str] = {"passed_on": "waiting", "written": "success", "refused_here": "error", "refused": "error"}
OUTCOME_BADGES: Mapping[str, str] = {"given": "success", "out_of_scope": "info", "refused": "error", "stopped": "warning"}
METHODS: Mapping[str, str] = {str(method): ja for method, ja in METHODS_JA.items()}
SCOPES: Mapping[str, str] = {str(scope): ja for scope, ja in SCOPES_JA.items()}
REASONS: Mapping[str, str] = {
    "P001": "有効な移転許可がない", "P002": "取出しの位置を読み取れない", "P003": "復元の前の位置", "P004": "件数の指定の誤り", "P005": "回答の期限の経過", "grant_ended": "移転許可が終わった",
}  # fmt: skip
"""What is seen of a reason in a record of transfers."""


def item_names(identifiers: Iterable[str]) -> list[str]:
    """The Japanese names of items of a grant or a write-back, in the order of their layouts."""
    wanted = set(identifiers)
    known = {**layout(FEED), **layout(ENTRY)}
    return [item.ja for name, item in known.items() if name in wanted] + sorted(wanted - known.keys())
