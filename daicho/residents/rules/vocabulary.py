"""語彙 — codes of the register's closed lists, with the words a clerk sees. spec/domain.md §2.0; std 1.2.2."""

from __future__ import annotations

JAPANESE, FOREIGN = "1", "2"
RESIDENT_KINDS = ((JAPANESE, "日本人"), (FOREIGN, "外国人"))

SEXES = (("1", "男"), ("2", "女"))

YES, NO = "yes", "no"
CONFIRMED = ((YES, "確認済"), (NO, "未確認"))
APPLIES = ((YES, "該当"), (NO, "非該当"))
THERE = ((YES, "有"), (NO, "無"))

MY_NUMBER_CARD_STATES = (
    ("none", "未交付"),
    ("requested", "交付申請中"),
    ("issued", "交付済"),
    ("suspended", "一時停止"),
    ("returned", "返納"),
    ("lapsed", "廃止・失効"),
)
JUKI_CARD_STATES = (("none", "なし"), ("issued", "交付済"), ("suspended", "一時停止"), ("returned", "返納"), ("lapsed", "廃止・失効"))
"""発行状況 of a 個人番号カード (番号法17条) and of a 住基カード, which is issued no more since 2015-12-28."""

BY_ALIAS, BY_LEGAL_NAME, BY_BOTH = "alias", "legal_name", "both"
MAILING_NAMES = ((BY_BOTH, "本名と通称"), (BY_ALIAS, "通称のみ"), (BY_LEGAL_NAME, "本名のみ"))
"""郵便物送付コード (std 1.1.19): the name on what is sent to a foreign resident."""
NAME_PRIORITIES = ((BY_LEGAL_NAME, "氏名"), (BY_ALIAS, "通称"))
"""氏名優先区分 (std 1.1.2)."""

KINSHIP_PROOFS = (
    ("family_register_acceptance", "戸籍の届出の受理証明書・記載事項証明書"),
    ("marriage_certificate", "結婚証明書"),
    ("birth_certificate", "出生証明書"),
    ("foreign_authority", "その他の外国政府機関等が発行した文書"),
    ("juminhyo", "住民票の写し・記載事項証明書、除票の写し・記載事項証明書"),
)
"""By what the 続柄 of a foreign resident was confirmed (N-1.1.11-09)."""

NEW, EXISTING, SAME = "new", "existing", "same"
HOUSEHOLD_CHOICES = ((NEW, "新しい世帯をつくる"), (EXISTING, "すでにある世帯に入る"))
RELOCATION_HOUSEHOLD_CHOICES = ((SAME, "世帯はそのまま（全員で移る）"), *HOUSEHOLD_CHOICES)

BY_RULE, AS_WRITTEN = "by_rule", "as_written"

AGENT = "agent"
FILERS = (("self", "本人"), ("head", "世帯主"), (AGENT, "代理人"))

FILED, EX_OFFICIO, PETITION = "filed", "ex_officio", "petition"
CANCELLING_BASES = ((EX_OFFICIO, "職権"), (PETITION, "申出"))
FILING_BASES = ((FILED, "届出"), *CANCELLING_BASES)

GROUNDS = (("family_register", "本市が受けた戸籍の届出"), ("article_9_2", "他の市町村からの通知（法第9条第2項）"), ("ex_officio", "そのほかの職権"))
"""What an entry or removal rests on that the 戸籍 tells (令12条2項)."""

ENDINGS = (
    ("cancelled", "在留資格の取消し"),
    ("out_of_scope", "法の対象とならない在留資格への変更"),
    ("expired", "在留期間等の満了"),
    ("departed", "出国（再入国許可によらないもの）"),
    ("other", "そのほか"),
)
"""Why somebody is no 外国人住民 any more, as the Commissioner told (法30条の50)."""

SPECIAL_GROUNDS = (("special_adoption", "特別養子縁組"), ("special_adoption_dissolved", "特別養子縁組の解消"))
SPECIAL_WORDS = {"special_adoption": "特別養子縁組", "special_adoption_dissolved": "特別養子縁組解消"}
"""What a 転出 or 転入 of such a cause bears in its 留意事項 (N-1.1.14-12, -15)."""

DE_FACTO_HEADS = (("outside_the_law", "法の適用を受けない外国人（在外米軍・外交官等）"), ("facility", "児童養護施設の施設長等"), ("other", "そのほか"))
"""Who leads a household without being a resident (std 4.1.4.3)."""

KEEPS_CARD = "keeps"
CARDS_ABROAD = ((KEEPS_CARD, "国外でも使い続ける"), ("returns", "返納する（失効する）"), ("none", "持っていない"))
"""個人番号カード of who moves abroad (番号法17条)."""

NOTARISED_BOTH, NOTARISED_SURNAME, NOTARISED_GIVEN, NOTARISED_NONE = "both", "surname", "given", "none"
NOTARISED = (
    (NOTARISED_BOTH, "氏・名とも公証済み"),
    (NOTARISED_SURNAME, "氏だけ公証済み"),
    (NOTARISED_GIVEN, "名だけ公証済み"),
    (NOTARISED_NONE, "公証されていない"),
)

MID_TO_LONG_TERM, SPECIAL_PERMANENT, BORN_HERE, LOST_NATIONALITY = "1", "2", "5", "6"
WITH_CARD = frozenset({MID_TO_LONG_TERM, SPECIAL_PERMANENT})
"""Who holds a 在留カード or 特別永住者証明書, and so files a 住居地 (入管法19条の7–19条の9; 特例法10条)."""
FILED_FOREIGN_CLASSES = frozenset({MID_TO_LONG_TERM, SPECIAL_PERMANENT, "3", "4"})
"""Who files by 法30条の46 and 47; 経過滞在者 do not."""

ARTICLE_30_45 = (
    (MID_TO_LONG_TERM, "中長期在留者"),
    (SPECIAL_PERMANENT, "特別永住者"),
    ("3", "一時庇護許可者"),
    ("4", "仮滞在許可者"),
    (BORN_HERE, "出生による経過滞在者"),
    (LOST_NATIONALITY, "国籍喪失による経過滞在者"),
)

MINOR_CORRECTIONS = (
    ("plain_characters", "常用平易な文字への変更（氏名・住所）"),
    ("identified_characters", "文字の同定（氏名・住所）"),
    ("district_name", "行政区画・町・字の区域や名称の変更"),
    ("lot_number", "地番の変更"),
    ("residential_indication", "住居表示の実施・変更"),
    ("building_name", "共同住宅などの建物の名称・賃貸人の変更"),
    ("other", "そのほか総務大臣が適当と認めるもの"),
)
"""規則11条3項2号; std 4.2.3.2."""

FAMILY_REGISTER, FOREIGNERS = "戸籍の届出・通知", "外国人住民"
"""Headings of the menu beside 届出, 職権, 請求 and 申出."""

MOVED_IN, RELOCATED, BORN, MOVED_OUT, DIED = "domestic_move_in", "relocation", "birth", "move_out", "death"
MOVED_IN_FROM_ABROAD, MOVED_OUT_ABROAD = "move_in_from_abroad", "move_out_abroad"
MOVED_OUT_SPECIALLY = "special_move_out"
LEFT = frozenset({MOVED_OUT, MOVED_OUT_SPECIALLY, MOVED_OUT_ABROAD})
BY_OFFICE, BY_REQUEST, BY_MAYOR = "entry_ex_officio", "change_by_request", "change_ex_officio"
"""Why a 個人番号 is asked of 機構 (list number_reason of layouts/codes.csv) where the 事由 of the entry does not say it (番号法7条1項, 2項)."""
ENTRY_CANCELLED = "entry_cancelled"
DISAPPEARED, ABSENT, DUPLICATE, OUTSIDE_THE_LAW = "disappearance", "absent", "duplicate", "outside_the_law"
NATURALISED, NATIONALITY_ACQUIRED, NATIONALITY_LOST = "naturalisation", "nationality_acquisition", "nationality_loss"
RENEWED, REMADE = "sheet_renewal", "sheet_remaking"
ENTERED_EX_OFFICIO, REGISTER_FOUNDED, ADDRESS_SET = "ex_officio_entry", "register_founding", "address_setting"
ENTERED_30_46, ENTERED_30_47 = "entry_30_46", "entry_30_47"
REMOVALS_EX_OFFICIO = (
    (ABSENT, "住所に住んでいない（実態調査による）"),
    (DUPLICATE, "二重の記載、又は記載すべきでなかった"),
    (OUTSIDE_THE_LAW, "法の適用を受けなくなった（外国人）"),
    ("other", "そのほか"),
)
"""Why a sheet is removed ex officio (令12条1項, 3項)."""
REASONS = {
    MOVED_IN: "国内転入",
    MOVED_IN_FROM_ABROAD: "国外転入等",
    RELOCATED: "転居",
    BORN: "出生",
    MOVED_OUT: "国内転出",
    MOVED_OUT_SPECIALLY: "国内転出（特例転入を利用）",
    MOVED_OUT_ABROAD: "国外転出",
    DIED: "死亡",
    "ex_officio_removal": "職権消除",
    DISAPPEARED: "職権消除（失踪宣告）",
    ABSENT: "職権消除（不現住）",
    DUPLICATE: "職権消除（二重の記載等）",
    OUTSIDE_THE_LAW: "職権消除（法の適用を受けない）",
    "other": "職権消除（その他）",
    NATURALISED: "職権消除（帰化等）",
    NATIONALITY_ACQUIRED: "職権消除（帰化等）",
    NATIONALITY_LOST: "職権消除（国籍喪失）",
    RENEWED: "改製",
    REMADE: "再製",
    ENTERED_EX_OFFICIO: "職権記載",
    REGISTER_FOUNDED: "職権記載（就籍）",
    ADDRESS_SET: "職権記載（住所設定）",
    ENTERED_30_46: "国外転入等（法第30条の46）",
    ENTERED_30_47: "国外転入等（法第30条の47）",
    ENTRY_CANCELLED: "異動の取消し（減）",
    "import": "移行",
}
"""事由 as the sheet keeps them (items 10, 18, 111): our own neutral codes, mapped to any outside code list by a table."""
ENTRIES_OF_RESIDENTS = (
    MOVED_IN, MOVED_IN_FROM_ABROAD, BORN, ENTERED_EX_OFFICIO, REGISTER_FOUNDED, ADDRESS_SET, ENTERED_30_46, ENTERED_30_47, NATURALISED,
    NATIONALITY_ACQUIRED, NATIONALITY_LOST,
)  # fmt: skip
"""事由 by which somebody becomes a resident (items 10, 111)."""
BECAME = {**REASONS, NATURALISED: "帰化", NATIONALITY_ACQUIRED: "国籍取得", NATIONALITY_LOST: "国籍喪失"}
"""Their words."""
NUMBER_REASONS = (
    (BORN, "出生"),
    (MOVED_IN_FROM_ABROAD, "国外からの転入等"),
    (BY_OFFICE, "職権記載等"),
    (BY_REQUEST, "請求による変更"),
    (BY_MAYOR, "職権による変更"),
)
"""Why a 個人番号 is asked of 機構."""


def word(choices: tuple[tuple[str, str], ...], code: str | None) -> str:
    """The word of a code; the code itself when the list does not know it (migrated values)."""
    return dict(choices).get(code or "", code or "")
