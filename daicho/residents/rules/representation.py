"""代理の権限 — by what an agent or a legal representative shows that they may ask, and whom a child may be represented by. 住民基本台帳法第12条第4項, 第27条第3項; 民法第4条, 第818条.

The paper itself is not kept: what it was, from whom and of what day is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daicho.certificates.request import Requester

MANDATE, PARENT, GUARDIAN_OF_MINOR, GUARDIAN_OF_ADULT, CURATOR = "mandate", "parent", "guardian_of_minor", "guardian_of_adult", "curator"
AUTHORITIES = (
    (MANDATE, "委任状"),
    (PARENT, "親権者（戸籍・住民票で確認）"),
    (GUARDIAN_OF_MINOR, "未成年後見人（戸籍で確認）"),
    (GUARDIAN_OF_ADULT, "成年後見人（登記事項証明書）"),
    (CURATOR, "代理権のある保佐人・補助人（登記事項証明書、代理行為目録）"),
)
_OF = {
    Requester.AGENT: frozenset({MANDATE}),
    Requester.LEGAL_REPRESENTATIVE: frozenset({PARENT, GUARDIAN_OF_MINOR, GUARDIAN_OF_ADULT, CURATOR}),
}
ADULT_AGE = 18  # 民法4条


def check_authority(standing: str, authority: str, note: str) -> tuple[tuple[str, str], ...]:
    """All problems as (field, message) of what was shown by who acts for another; none for who acts for themself."""
    if standing not in set(Requester) or Requester(standing) not in _OF:
        return ()
    found = []
    if authority not in _OF[Requester(standing)]:
        what = "委任状" if standing == Requester.AGENT else "戸籍、登記事項証明書など、法定代理人であることを示す書類"
        found.append(("authority", f"代理の権限を示す書類（{what}）を確認し、選んでください（法第12条第4項、第27条）。"))
    elif not note.strip():
        found.append(("authority_note", "確認した書類の内容（委任者又は本人の氏名、作成・発行の年月日）を入力してください（法第12条第4項）。"))
    return tuple(found)


@dataclass(frozen=True)
class Asker:
    """Who asks: the 資格, and of a representative by what it was shown."""

    standing: str
    authority: str = ""


def check_ages(asker: Asker, ages: Sequence[int | None], youngest: int) -> Iterator[tuple[str, str]]:
    """What the ages of those on the paper forbid, as (entry, message). `ages`: in years, None = not known. `youngest`: from which age one asks alone.

    A child below it is no 本人 who can ask: somebody else stands at the counter, and by their own right.
    """
    known = [age for age in ages if age is not None]
    if len(known) < len(ages) or not known:
        return
    if asker.standing == Requester.SELF and max(known) < youngest:
        yield (
            "visit",
            f"載せる人は全員{youngest}歳未満です。{youngest}歳未満の人は一人では請求できません。"
            "同一世帯の親などは「同一世帯の者」、別の世帯の親権者・未成年後見人は「法定代理人」として受付をやり直してください（法第12条）。",
        )
    if asker.standing == Requester.LEGAL_REPRESENTATIVE and asker.authority in (PARENT, GUARDIAN_OF_MINOR) and min(known) >= ADULT_AGE:
        yield (
            "visit",
            f"載せる人は{ADULT_AGE}歳以上です。親権者・未成年後見人としては請求できません（民法第4条、第818条）。"
            "成年後見人の登記事項証明書か、委任状を確認してください。",
        )
