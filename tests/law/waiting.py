"""待っている食い違い — where the register does otherwise than the law's words, known and not yet decided. See test_waiting.py.

Each of WAITING is a ground on which the law refuses and the register records; a life goes on with what the register recorded. When the
register is put right, test_waiting.py fails: the line here goes, and of REFUSED also the place in the model that names it.
"""

from __future__ import annotations

MENDED_UNLAWFULLY = "誤記修正でその時の票に書けないことを（標準1.1.1、1.1.6）"
WAITING: dict[str, str] = {
    "住民となる前の異動（法5条）": "法23条-25条: who is no resident yet neither moves within the city nor changes 世帯; the register asks for an alert (P101) only.",
    "死亡した者は転入しない": "令12条3項: the 死亡 is cancelled or the sheet restored first; the register takes the dead as 再転入者 like others.",
    "いまの氏は旧氏でない（令30条の13）": "令30条の13: a 旧氏 is one of the past. 旧氏の変更 refuses the present 氏 (Y004), 旧氏の記載 takes it.",
    "日本人に外国人住民となった日、外国人に住民となった日（標準1.1.1、1.1.2）": "Each has one of the two dates; 職権修正 and 誤記修正 write either on anybody.",
    "世帯主は自分の続柄を届け出ない（法30条の48）": "法30条の48: 世帯主でない外国人住民; the register takes it of the 世帯主, who is none afterwards.",
    MENDED_UNLAWFULLY: "What the sheet of then could not say, and a later event says otherwise: the register asks only what the sheet says today.",
}

AFTER_NOTICE = "転入通知を受理した転出の取消し（標準4.6.0.1）"
AFTER_CANCELLED_ENTRY = "取り消された記載の後の、前の住民票の回復（令12条3項）"
BACK_WITH_OTHERS = "動いた世帯へ戻る者と、残っていた者や別の世帯へ戻る者とを一緒の取消し（標準4.6.0.1）"
AFTER_EMPTIED = "旧氏のない者の旧氏を空欄にした後の、旧氏の記載（令30条の13）"
REFUSED: dict[str, str] = {
    AFTER_NOTICE: "N-4.6.0.1-15: it may be cancelled without even an alert; the register refuses until the 転入通知 is cancelled first (Z008).",
    BACK_WITH_OTHERS: "N-4.6.0.1-11: who comes back founds a household where the former one moved away; the register refuses (H004) with others in the filing.",
    AFTER_EMPTIED: "軽微な修正 that empties a 旧氏 which was not there deletes none; the register then refuses 旧氏の記載 as after a 削除 (Y002).",
    AFTER_CANCELLED_ENTRY: "The sheet that stands removed can be restored; the register looks at the one whose 記載 was cancelled (X704).",
}
"""The other way round: the law lets it stand, and the register refuses. The model refuses on these grounds, so that a life goes on."""

RENEWAL_TOLD = "改製・再製の取消しを宛名に知らせる（domain 2.1）"
TOLD: dict[str, str] = {
    RENEWAL_TOLD: "改製・再製 tell nobody, so that their 取消し tells nobody; the register tells atena, whose items have 住民票作成日.",
}
"""Told by the register, and not by the law."""
