"""関連手続案内の設定 — what people have to see to at other desks after a 異動: for whom, what, where. spec/domain.md §4.0 (practice).

The desks are the departments of the assessment (別紙 庁内連携); what each asks for, a city knows better.
"""

from daicho.city.defaults.declaration import OWN, Default, Topic
from daicho.city.kinds import Procedures

_INSURANCE, _CARE, _CHILD, _SCHOOL, _RECORD = "保険年金課", "介護保険課", "こども福祉課", "学校教育支援室", "戸籍住民課"


def _on(occasion: str, ja: str, *lines: tuple[str, str, str]) -> Default:
    return Default(
        f"procedures_{occasion}", f"{ja}に案内する手続", [list(line) for line in lines], f"{OWN}（実務の案内の例による。窓口の名は評価書の課）", Procedures()
    )


TOPIC = Topic(
    "follow_ups",
    "関連手続の案内",
    (
        _on(
            "entered",
            "転入、出生などで記載した人",
            ("全員", "国民健康保険の加入（職場の健康保険に入る人を除く）", _INSURANCE),
            ("20歳から59歳", "国民年金の届出（会社員などを除く）", _INSURANCE),
            ("75歳以上", "後期高齢者医療の資格の届出", _INSURANCE),
            ("65歳以上", "介護保険の資格の届出", _CARE),
            ("18歳以下", "児童手当の認定請求", _CHILD),
            ("18歳以下", "こどもの医療費の助成の申請", _CHILD),
            ("6歳から14歳", "小学校・中学校の転入学", _SCHOOL),
            ("全員", "個人番号カードの継続利用又は申請", _RECORD),
            ("外国人住民", "在留カード等への住居地の記載", _RECORD),
        ),
        _on(
            "moved",
            "市内で住所が変わった人",
            ("全員", "国民健康保険の住所の変更（加入している人）", _INSURANCE),
            ("75歳以上", "後期高齢者医療の住所の変更", _INSURANCE),
            ("65歳以上", "介護保険被保険者証の住所の変更", _CARE),
            ("18歳以下", "児童手当の住所の変更", _CHILD),
            ("6歳から14歳", "小学校・中学校の転校（通学区域が変わるとき）", _SCHOOL),
            ("全員", "個人番号カードの券面の記載", _RECORD),
            ("外国人住民", "在留カード等への住居地の記載", _RECORD),
        ),
        _on(
            "leaving",
            "転出する人",
            ("全員", "国民健康保険の脱退（加入している人）", _INSURANCE),
            ("75歳以上", "後期高齢者医療の負担区分等証明書の交付", _INSURANCE),
            ("65歳以上", "介護保険受給資格証明書の交付（認定を受けている人）", _CARE),
            ("18歳以下", "児童手当の受給事由の消滅の届出", _CHILD),
            ("6歳から14歳", "在学証明書等の受取り（学校で）", _SCHOOL),
            ("全員", "印鑑登録証の返納（登録している人）", _RECORD),
        ),
        _on(
            "died",
            "死亡した人の世帯",
            ("全員", "国民健康保険の脱退と葬祭費の申請（加入していた人）", _INSURANCE),
            ("75歳以上", "後期高齢者医療の資格の喪失と葬祭費の申請", _INSURANCE),
            ("20歳以上", "年金の受給停止と未支給年金の請求", _INSURANCE),
            ("65歳以上", "介護保険被保険者証の返納", _CARE),
            ("全員", "個人番号カードと印鑑登録証の返納", _RECORD),
        ),
        _on(
            "renamed",
            "氏名、旧氏、通称が変わった人",
            ("全員", "国民健康保険の氏名の変更（加入している人）", _INSURANCE),
            ("65歳以上", "介護保険被保険者証の氏名の変更", _CARE),
            ("全員", "個人番号カードの券面の記載", _RECORD),
            ("全員", "印鑑登録（登録した印鑑の氏名が変わった人）", _RECORD),
        ),
        _on(
            "household",
            "世帯又は続柄が変わった人",
            ("全員", "国民健康保険の世帯の変更（加入している人）", _INSURANCE),
            ("18歳以下", "児童手当の変更の届出", _CHILD),
        ),
    ),
)
