"""交付申請書のCSVの規則 — read by names or codes, however it was made; what the screen does not have is told. 標準仕様10.8."""

from __future__ import annotations

import pytest

from daicho.certificates.request import Delivery
from daicho.residents.rules.request_csv import Taken, read_request

KINDS = {"juminhyo_personal": "住民票の写し（個人票）", "juminhyo_household": "住民票の写し（世帯連記式）"}
ENTRIES = {"relationship": "続柄", "registered_domicile": "本籍・筆頭者"}
SAID = "証明書の種類,世帯全員,記載する事項,使用目的,渡し方,通数\n住民票の写し（世帯連記式）,はい,続柄、本籍・筆頭者,年金の手続,郵送,1\n"
TAKEN = Taken("juminhyo_household", True, ("relationship", "registered_domicile"), "年金の手続", Delivery.MAIL_TO_RESIDENCE)


@pytest.mark.parametrize(
    "content",
    [
        SAID.encode(),
        SAID.encode("utf-8-sig"),
        SAID.encode("cp932"),
        SAID.replace("\n", "\r\n").encode(),
        '"使用目的","記載する事項","証明書の種類","渡し方","世帯全員"\n"年金の手続","relationship 本籍・筆頭者","juminhyo_household","郵送","1"\n'.encode(),
    ],
)
def test_作成の手段が違っても同じ内容に読む(content: bytes):
    """N-10.8-05: encoding, line ends, quotes, order of the columns, names or codes."""
    assert read_request(content, KINDS, ENTRIES) == TAKEN


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("証明書の種類\n戸籍謄本\n", "「戸籍謄本」は、発行できる証明書にありません"),
        ("記載する事項\n続柄、米穀\n", "「米穀」は、選べる事項にありません"),
        ("手数料\n0\n", "「手数料」という項目は、発行画面にありません"),
        ("使用目的\n", "2行目から記載事項のあるCSV"),
        ("氏名,個人番号\n花園　太郎,1\n", "「個人番号カードの券面事項」のCSVです"),
        ("使用目的\n年金\n児童手当\n", "申請1件のCSV"),
        ("世帯全員\nたぶん\n", "はい・いいえのどちらか"),
        ("渡し方\nFAX\n", "窓口・郵送のどちらか"),
        ("通数\n3\n", "部数を3にして"),
    ],
)
def test_発行画面にないものは言い当てずに知らせる(content: str, said: str):
    assert said in "".join(read_request(content.encode(), KINDS, ENTRIES).problems)


def test_文字でないものと長すぎるものは読まない():
    assert read_request(b"\x81\xff\x00", KINDS, ENTRIES).problems and read_request(b"a," * 60_000, KINDS, ENTRIES).problems
