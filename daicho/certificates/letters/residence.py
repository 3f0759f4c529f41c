"""在留期間満了と経過滞在のお知らせ — to foreign residents whose term ends soon, or who stay for sixty days. 入管法第20条, 第21条, 第22条の2; 住民基本台帳法第30条の50.

Nobody is removed because a term is over: only 長官通知 does that, so the letter does not threaten with it.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Fact, LetterDefinition

_SINCE = (date(2025, 5, 26), None)

RESIDENCE_ENDING = LetterDefinition(
    code="residence_ending",
    ja="在留期間満了のお知らせ",
    title="在留期間の満了について（お知らせ）",
    article="出入国管理及び難民認定法第21条（住民基本台帳法第30条の50）",
    in_force=_SINCE,
    text_key="letter_residence_ending",
    body=(
        "あなたの在留期間は、次の日に満了します（市の住民票の記録によります）。\n"
        "引き続き日本に在留する人は、満了の日までに、出入国在留管理局に在留期間の更新等の許可を申請してください。"
        "すでに新しい在留カードを受けた人、申請中の人は、このお知らせによる手続は必要ありません。"
    ),
    note_key="letter_residence_ending_note",
    note="※在留期間の更新等は、市の窓口では受け付けていません。市への届出は必要ありません。",
    addressee_ja="在留期間の満了が近い外国人住民",
    facts=(Fact("name", "氏名"), Fact("residence_status", "在留資格"), Fact("expires_on", "在留期間等の満了の日")),
    sealed=False,
)

TRANSITIONAL_STAY = LetterDefinition(
    code="transitional_stay",
    ja="経過滞在者への在留手続のお知らせ",
    title="在留資格の手続について（お知らせ）",
    article="出入国管理及び難民認定法第22条の2（住民基本台帳法第30条の45の表）",
    in_force=_SINCE,
    text_key="letter_transitional_stay",
    body=(
        "次の人は、出生又は日本の国籍の喪失により、{満了の日}まで在留資格を有することなく日本に在留することができます。\n"
        "その後も在留する人は、事由が生じた日から30日以内（特別永住者の子など、特別永住許可を申請する人は60日以内）に、在留資格の取得等の申請をしてください。"
    ),
    addressee_ja="経過滞在者（子のときは世帯主又は親権者）",
    fills=("満了の日",),
    facts=(Fact("name", "氏名"), Fact("since", "事由が生じた年月日"), Fact("until", "在留できる最後の日")),
    sealed=False,
)
