"""Made-up letters of a made-up 小樽市: the city's part, and one letter of each kind at its fullest."""

from __future__ import annotations

from dataclasses import replace

from daicho.certificates.city_texts import Certifier, IssueNumber
from daicho.certificates.document import Document
from daicho.certificates.letters.form import FormDefinition, FormHead, Pair, Section
from daicho.certificates.letters.letter import Addressee, Column, Contact, Letter, LetterDefinition, LetterTexts, Table
from tests.certificates.people import CITY, ISSUED_ON

NUMBER = IssueNumber("小樽市", "本庁1", "プリンタ001", 12, "20260403")
HANAKO_AT_HOME = Addressee("葛\U000e0102城　花子", "北海道小樽市花園二丁目１２番１号", "見本マンション１０１号", "0470024")
CONTACT = Contact("小樽市　戸籍住民課", "小樽市花園2丁目12番1号", "0134-00-0000")


def texts(definition: LetterDefinition, certifier: Certifier = CITY.certifier) -> LetterTexts:
    """The city's part with the definition's own words."""
    return LetterTexts("小樽市", certifier, CONTACT, definition.body, definition.note, "樽戸住第403-12号" if definition.numbered else "")


def sample(definition: LetterDefinition, addressee: Addressee = HANAKO_AT_HOME, lines: int = 3) -> Letter:
    """A letter of this kind in which every fact says its own name, and every line of its table its place."""
    columns = len(definition.table.columns) if definition.table else 0
    return Letter(
        addressee,
        {name: f"〔{name}〕" for name in definition.fills},
        {fact.key: f"{fact.ja}の値" for fact in definition.facts},
        tuple(tuple(f"{at}の{column}" for column in range(1, columns + 1)) for at in range(1, lines + 1)) if columns else (),
    )


def composed(definition: LetterDefinition, letter: Letter | None = None, certifier: Certifier = CITY.certifier) -> Document:
    return definition.compose(letter or sample(definition), texts(definition, certifier), NUMBER, ISSUED_ON)


def with_long_body(definition: LetterDefinition, paragraphs: int) -> Document:
    """The same with a body of so many paragraphs, all different."""
    said = replace(texts(definition), body="\n".join(f"段落{at}。" + "長い文面でも一字も失われない。" * 4 for at in range(1, paragraphs + 1)))
    return definition.compose(sample(definition), said, NUMBER, ISSUED_ON)


def sample_form(definition: FormDefinition, lines: int = 3) -> Document:
    """A form with every kind of section: pairs, places to write in, text, a table."""
    table = Table((Column("項目", 2.0), Column("変更前", 3.0), Column("変更後", 3.0)), numbered=True)
    sections = (
        Section("届出", ((Pair("届出日", "令和8年4月3日"), Pair("異動日", "令和8年4月1日")), (Pair("届出の種類", "転居"),))),
        Section("新しい住所", ((Pair("住所", "北海道小樽市花園二丁目１２番１号　見本マンション１０１号"),), (Pair("世帯主", "葛\U000e0102城　太郎"),))),
        Section("変わる事項", table=table, lines=tuple((f"項目{at}", f"〔前{at}〕", f"〔後{at}〕") for at in range(1, lines + 1))),
        Section("届出をする人", ((Pair("署名", "", by_hand=True), Pair("電話番号", "", by_hand=True)),), text="上の内容のとおり届け出ます。"),
        Section("ほかの窓口の手続", table=table, none_ja="ありません。"),
    )
    return definition.compose(sections, FormHead("小樽市", "戸籍住民課", definition.note), NUMBER, ISSUED_ON)
