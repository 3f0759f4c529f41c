"""用務 — for which case an operator looks into file (2): its kind, its number, or why it has none. 住民基本台帳法第30条の30; F-2-03, F-2-10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PURPOSES: Mapping[str, str] = {
    "move_in": "転入届の審査（特例転入を含む）",
    "filing": "転居・世帯変更などの届出の審査",
    "wide_area": "住民票の写しの広域交付",
    "card": "個人番号カードの交付・継続利用",
    "number": "個人番号・住民票コードの通知・変更",
    "correction": "本人確認情報の整合性の確認",
    "other": "そのほかの法定の事務",
}
MAX_TEXT = 100


@dataclass(frozen=True)
class Case:
    """`purpose` is a key of PURPOSES; `case_no` the number of the filing or request, or `reason` why there is none."""

    purpose: str
    case_no: str
    reason: str

    @property
    def text(self) -> str:
        """As the trail keeps it."""
        return f"{PURPOSES[self.purpose]}（{f'番号{self.case_no}' if self.case_no else f'番号なし：{self.reason}'}）"


def read_case(purpose: str, case_no: str, reason: str) -> tuple[Case | None, tuple[tuple[str, str], ...]]:
    """The case, or every problem as (field, message)."""
    case_no, reason = case_no.strip(), reason.strip()
    problems = []
    if purpose not in PURPOSES:
        problems.append(("purpose", "用務を選択してください。法令の定める事務のほかには検索できません（住民基本台帳法第30条の30）。"))
    if not case_no and not reason:
        problems.append(("case_no", "届出・申請の番号を入力してください。番号のない用務では、その理由を入力してください。"))
    for name, label, text in (("case_no", "届出・申請の番号", case_no), ("reason", "番号のない理由", reason)):
        if len(text) > MAX_TEXT:
            problems.append((name, f"{label}は{MAX_TEXT}文字以内で入力してください（今は{len(text)}文字です）。"))
    return (None if problems else Case(purpose, case_no, reason)), tuple(problems)
