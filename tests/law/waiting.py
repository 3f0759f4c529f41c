"""待っている食い違い — where the register does otherwise than the law's words, known and not yet decided. See test_waiting.py.

The law lets each of REFUSED stand, and the register refuses. The model refuses on these grounds too, so that a life goes on. When the register
is put right, test_waiting.py fails: the line here goes, and the place in the model that names it.
"""

from __future__ import annotations

AFTER_NOTICE = "転入通知を受理した転出の取消し（標準4.6.0.1）"
AFTER_CANCELLED_ENTRY = "取り消された記載の後の、前の住民票の回復（令12条3項）"
BACK_TO_SEVERAL = "動いた別々の世帯へ戻る者を一緒の取消し（標準4.6.0.1）"
REFUSED: dict[str, str] = {
    AFTER_CANCELLED_ENTRY: "The sheet that stands removed can be restored; the register looks at the one whose 記載 was cancelled (X704).",
    BACK_TO_SEVERAL: "N-4.6.0.1-11: each founds a household where the former one moved away; the register refuses (H004) when several did.",
    AFTER_NOTICE: "N-4.6.0.1-15: it may be cancelled without even an alert; the register refuses until the 転入通知 is cancelled first (Z008).",
}
