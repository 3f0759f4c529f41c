"""転出証明書の記載事項 — the entries that a 転出証明書 bears of everyone on it, and the words of each. 住民基本台帳法施行令第23条第2項.

None of them is a choice: the new city writes its 住民票 from this paper. An entry without value says 【空欄】. The standard's chapter of forms (20)
is not to be had: which boxes there are follows the 政令, where they stand is ours.
"""

from __future__ import annotations

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.definitions import FOREIGN, JAPANESE, Item
from daicho.certificates.juminhyo_entries import printed
from daicho.certificates.record import CertificateRecord, Leaving
from daicho.certificates.request import Omissible
from daicho.values.dates import wareki

_ARTICLE = "令23条2項"
EVERYTHING = frozenset(Omissible)
"""What `juminhyo_entries` would leave out unless it is asked for."""

ITEMS = (
    Item("address", "住所", _ARTICLE),
    Item("head_name", "世帯主", _ARTICLE),
    Item("moves_to", "転出先（予定）", _ARTICLE),
    Item("leaves_on", "転出予定年月日", _ARTICLE),
    Item("told_on", "転出の届出の年月日", _ARTICLE),
    Item("remarks", "備考", _ARTICLE),
    Item("notice", "転入の届出", "法22条"),
    Item("furigana", "氏名の振り仮名", _ARTICLE, kinds=JAPANESE),
    Item("name", "氏名", _ARTICLE),
    Item("sex", "性別", _ARTICLE),
    Item("birth_date", "生年月日", _ARTICLE),
    Item("former_surname", "旧氏", "令30条の13", kinds=JAPANESE),
    Item("alias", "通称", "令30条の16", kinds=FOREIGN),
    Item("relationship", "続柄", _ARTICLE),
    Item("registered_domicile", "本籍", _ARTICLE, kinds=JAPANESE),
    Item("family_register_head_name", "筆頭者の氏名", _ARTICLE, kinds=JAPANESE),
    Item("nationality", "国籍・地域", _ARTICLE, kinds=FOREIGN),
    Item("residence_class", "法第30条の45に規定する区分", _ARTICLE, kinds=FOREIGN),
    Item("residence_status", "在留資格", _ARTICLE, kinds=FOREIGN),
    Item("residence_period", "在留期間等", _ARTICLE, kinds=FOREIGN),
    Item("residence_expiry", "在留期間の満了の日", _ARTICLE, kinds=FOREIGN),
    Item("card_no", "在留カード等の番号", _ARTICLE, kinds=FOREIGN),
    Item("juminhyo_code", "住民票コード", _ARTICLE),
    Item("individual_number", "個人番号", _ARTICLE),
    Item("health_insurance", "国民健康保険", _ARTICLE),
    Item("late_elderly", "後期高齢者医療", _ARTICLE),
    Item("care_insurance", "介護保険", _ARTICLE),
    Item("pension", "国民年金", _ARTICLE),
    Item("basic_pension_no", "基礎年金番号", _ARTICLE),
    Item("child_allowance", "児童手当", _ARTICLE),
)


def words_of(record: CertificateRecord, leaving: Leaving, texts: CityTexts) -> dict[str, str]:
    """The text of every box that hangs on the person, and of those that stand once for all; 備考 and 転入の届出 are the paper's own."""
    qualified = {
        "health_insurance": leaving.health_insurance,
        "late_elderly": leaving.late_elderly,
        "care_insurance": leaving.care_insurance,
        "pension": leaving.pension,
        "basic_pension_no": leaving.basic_pension_no or "",
        "child_allowance": leaving.child_allowance,
    }
    told = {"moves_to": leaving.to, "leaves_on": wareki(leaving.leaves_on), "told_on": wareki(leaving.filed_on) if leaving.filed_on else ""}
    own = {key: text or texts.wording.blank for key, text in (told | qualified).items()}
    return printed((item for item in ITEMS if record.kind in item.kinds), record, EVERYTHING, texts) | own
