"""Made-up people of a made-up 小樽市, as the certificates see them; no real person. Numbers are valid in form and marked as made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.city_texts import Certifier, CityTexts, IssueNumber
from daicho.certificates.record import AliasEntry, CertificateRecord, ForeignEntries, Leaving, Note, NoteKind, ResidentKind
from daicho.values.address import Address
from daicho.values.dates import JapaneseDate
from daicho.values.names import Furigana, Notarised, OtherName, PersonName
from daicho.values.numbers import BasicPensionNo, IndividualNumber, JuminhyoCode, ResidenceCardNo
from daicho.values.relationship import Relationship, Sex

ISSUED_ON = date(2026, 4, 3)
CITY = CityTexts(
    prefecture_name="北海道",
    municipality_name="小樽市",
    certifier=Certifier(title="北海道小樽市長", name="見本　一郎"),
    certifications={said.setting: said.text for definition in ALL_CERTIFICATES for said in definition.certifications},
)
NUMBER = IssueNumber("小樽市", "本庁1", "プリンタ001", 11, "20260403")

HANAKO = CertificateRecord(
    kind=ResidentKind.JAPANESE,
    name=PersonName.japanese(
        "葛\U000e0102城",
        "花子",
        Furigana("カツラギ", "ハナコ", Notarised.YES, Notarised.YES),
        search_kana="カツラキハナコ",
        former_surname=OtherName("渡邉\U000e0110", "ワタナベ"),
    ),
    birth_date=JapaneseDate.parse("昭和60年3月9日"),
    sex=Sex.FEMALE,
    head_name="葛\U000e0102城　太郎",
    relationship=Relationship.parse("妻"),
    address=Address("北海道", "小樽市", "花園二丁目", "１２番１号", "見本マンション１０１号"),
    became_resident_on=JapaneseDate.parse("平成31年4月1日"),
    address_fixed_on=JapaneseDate.parse("令和3年10月15日"),
    moved_within_city=True,
    filed_on=date(2019, 5, 7),
    previous_address=Address("東京都", "千代田区", "見本町一丁目", "１番地１"),
    registered_domicile="北海道小樽市花園二丁目１２番地",
    family_register_head_name="葛\U000e0102城　太郎",
    juminhyo_code=JuminhyoCode.from_body("1234567890"),
    individual_number=IndividualNumber.from_body("98320567321"),
    individual_entries=(("選挙人名簿", "登録有り"), ("国民健康保険", "該当　取得年月日 平成31年4月1日")),
    notes=(
        Note(NoteKind.HISTORY, "平成31年4月1日転入　令和元年5月7日届出"),
        Note(NoteKind.HISTORY, "令和3年10月15日転居　令和3年10月20日届出　（異動前）北海道小樽市稲穂一丁目１番１号"),
        Note(NoteKind.CAUTION, "転入前住所について、前住所地の通知により確認済み", of_present=True),
        Note(NoteKind.REMARK, "事実上の世帯主の記載なし"),
    ),
)

ZHANG = CertificateRecord(
    kind=ResidentKind.FOREIGN,
    name=PersonName.foreign("ZHANG YULIN", "張　玉蓮", katakana="チャン　ユウリン", alias=OtherName("住民　花子", "ジュウミン　ハナコ")),
    birth_date=JapaneseDate.parse("1985年3月9日"),
    sex=Sex.FEMALE,
    head_name="ZHANG YULIN　張　玉蓮",
    relationship=Relationship.parse("世帯主"),
    address=Address("北海道", "小樽市", "稲穂三丁目", "４番５号"),
    became_resident_on=JapaneseDate.parse("令和2年2月29日"),
    address_fixed_on=JapaneseDate.parse("令和2年2月29日"),
    moved_within_city=False,
    filed_on=date(2020, 3, 5),
    juminhyo_code=JuminhyoCode.from_body("2345678901"),
    individual_number=IndividualNumber.from_body("37947448445"),
    foreign=ForeignEntries(
        nationality="中国",
        residence_class="中長期在留者",
        residence_status="技術・人文知識・国際業務",
        period="５年",
        expires_on=date(2030, 4, 30),
        card_no=ResidenceCardNo.parse("AB12345678CD"),
        alias_history=(AliasEntry("見本　花子", "札幌市", date(2018, 6, 1), "札幌市", date(2019, 7, 1)), AliasEntry("住民　花子", "小樽市", date(2020, 3, 5))),
    ),
)


_HEAD = "葛\U000e0102城　太郎"
_OTHERS = (
    ("葛\U000e0102城", "一郎", "カツラギ", "イチロウ", "子"), ("葛\U000e0102城", "二葉", "カツラギ", "フタバ", "子"),
    ("葛\U000e0102城", "三郎", "カツラギ", "サブロウ", "子"), ("葛\U000e0102城", "四季", "カツラギ", "シキ", "子"),
    ("葛\U000e0102城", "五月", "カツラギ", "サツキ", "子"), ("葛\U000e0102城", "茂", "カツラギ", "シゲル", "父"),
    ("葛\U000e0102城", "きぬ", "カツラギ", "キヌ", "母"), ("髙﨑", "勇", "タカサキ", "イサム", "妻の兄"), ("渡邉\U000e0110", "縁", "ワタナベ", "エニシ", "縁故者"),
)  # fmt: skip


def household(size: int) -> tuple[CertificateRecord, ...]:
    """A made-up household in the order of the paper: head, wife, a foreign spouse of a relative as the third, then the others. Up to twelve."""
    head = replace(
        HANAKO, name=PersonName.japanese("葛\U000e0102城", "太郎", Furigana("カツラギ", "タロウ", Notarised.YES, Notarised.YES)), sex=Sex.MALE,
        birth_date=JapaneseDate.parse("昭和55年12月10日"), relationship=Relationship.parse("世帯主"), individual_entries=(), notes=(),
        juminhyo_code=JuminhyoCode.from_body("3456789012"), individual_number=IndividualNumber.from_body("12345678901"),
    )  # fmt: skip
    foreign = replace(ZHANG, address=HANAKO.address, head_name=_HEAD, relationship=Relationship.parse("妻の兄の妻（未届）"))
    others = [
        replace(
            head, name=PersonName.japanese(surname, given, Furigana(kana, kana_given, Notarised.YES, Notarised.YES)), sex=None,
            relationship=Relationship.parse(word), birth_date=JapaneseDate.parse(f"平成{10 + at}年4月{at + 1}日"), moved_within_city=False,
            juminhyo_code=JuminhyoCode.from_body(f"40000000{at:02}"), individual_number=IndividualNumber.from_body(f"50000000{at:03}"),
        )
        for at, (surname, given, kana, kana_given, word) in enumerate(_OTHERS)
    ]  # fmt: skip
    return (head, HANAKO, foreign, *others)[:size]


LEAVING = Leaving(
    to="北海道札幌市中央区北一条西二丁目１番　見本ハイツ２０５",
    leaves_on=date(2026, 4, 10),
    filed_on=date(2026, 4, 2),
    health_insurance="該当",
    late_elderly="非該当",
    care_insurance="非該当",
    pension="第1号被保険者",
    basic_pension_no=BasicPensionNo.parse("1234567890"),
    child_allowance="支給を始めた年月 平成30年4月　支給を終わる年月 令和8年4月",
)


def leavers(size: int, leaving: Leaving = LEAVING) -> tuple[CertificateRecord, ...]:
    """The same household, leaving together; some are in no department's books."""
    nothing = replace(leaving, health_insurance="", late_elderly="", care_insurance="", pension="", basic_pension_no=None, child_allowance="")
    return tuple(replace(person, leaving=leaving if at % 2 == 0 else nothing) for at, person in enumerate(household(size)))
