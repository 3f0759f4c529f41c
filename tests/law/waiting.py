"""待っている食い違い — where the register does otherwise than the law's words, known and not yet decided. See test_waiting.py.

Each of WAITING is a ground on which the law refuses and the register records; a life goes on with what the register recorded. When the
register is put right, test_waiting.py fails: the line here goes, and of REFUSED also the place in the model that names it.
"""

from __future__ import annotations

ASKED_BEFORE = "住民となる前の請求・届出（法30条の4、入管法19条の8、特例法7条）"
WAITING: dict[str, str] = {
    ASKED_BEFORE: "住民票コードの変更, 住居地の届出 and 特別永住者証明書の交付 are of a resident of the day; the register has an alert (P101) only.",
}

AFTER_NOTICE = "転入通知を受理した転出の取消し（標準4.6.0.1）"
AFTER_CANCELLED_ENTRY = "取り消された記載の後の、前の住民票の回復（令12条3項）"
MOVED_WITH_OTHERS = "世帯ごと転居した者の一部の取消し（標準4.6.0.1）"
BACK_TO_SEVERAL = "動いた別々の世帯へ戻る者を一緒の取消し（標準4.6.0.1）"
REFUSED: dict[str, str] = {
    AFTER_CANCELLED_ENTRY: "The sheet that stands removed can be restored; the register looks at the one whose 記載 was cancelled (X704).",
    MOVED_WITH_OTHERS: "N-4.6.0.1-11: of whom the 転居 is taken back found a household at the former address; the register refuses (H004).",
    BACK_TO_SEVERAL: "N-4.6.0.1-11: each founds a household where the former one moved away; the register refuses (H004) when several did.",
    AFTER_NOTICE: "N-4.6.0.1-15: it may be cancelled without even an alert; the register refuses until the 転入通知 is cancelled first (Z008).",
}
"""The other way round: the law lets it stand, and the register refuses. The model refuses on these grounds, so that a life goes on."""
