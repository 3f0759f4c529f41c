"""CSVを読む規則 — the same lines however the file was made; what cannot be read is refused with its row and column. 標準仕様10.8."""

from __future__ import annotations

import pytest

from daicho.residents.rules.csv_reading import LONGEST, UnreadableFile, read_table

SAID = '氏名,住所（方書）,備考\n花園　太郎,"花園2丁目,12番",\n'
READ = [(2, {"氏名": "花園　太郎", "住所(方書)": "花園2丁目,12番", "備考": ""})]
MADE = {
    "UTF-8": SAID.encode(),
    "UTF-8 BOM": SAID.encode("utf-8-sig"),
    "シフトJIS": SAID.encode("cp932"),
    "UTF-16": SAID.encode("utf-16"),
    "CRLF": SAID.replace("\n", "\r\n").encode(),
    "CR": SAID.replace("\n", "\r").encode(),
    "終わりに改行なし": SAID.rstrip("\n").encode(),
    "すべて引用符": '"氏名","住所（方書）","備考"\r\n"花園　太郎","花園2丁目,12番",""\r\n'.encode("cp932"),
    "列の順": '備考,住所（方書）,氏名\n,"花園2丁目,12番",花園　太郎\n'.encode(),
    "半角の括弧と空白": '氏 名 ,住所(方書),備考\n 花園　太郎 ,"花園2丁目,12番",\n'.encode(),
    "余った空の列": '氏名,住所（方書）,備考,,\n花園　太郎,"花園2丁目,12番",,,\n,,,,\n'.encode(),
}


@pytest.mark.parametrize("content", MADE.values(), ids=MADE)
def test_作り方が違っても同じ行に読む(content: bytes):
    """N-10.8-05: Given 作成手段の異なる同一書式のCSV, When 取り込む, Then 手段による差なく同じ結果になる."""
    assert [(line.no, line.cells) for line in read_table(content).lines] == READ


def test_空の行は飛ばしても行の番号は表計算のまま():
    assert [line.no for line in read_table("氏名\n\n花園　太郎\n\n花園　花子\n".encode()).lines] == [3, 5]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ["2行目から"]),
        ("氏名\n".encode(), ["2行目から"]),
        (b"\x89PNG\r\n\x1a\n\x00\xff", ["文字の読めない"]),
        (b"a," * LONGEST, ["大きすぎます"]),
        ('氏名,住所\n"花園　太郎,花園\n'.encode(), ["引用符"]),
        ("氏名,氏 名\n花園　太郎,\n".encode(), ["「氏名」という項目名が2つ"]),
        ("氏名,,住所\n花園　太郎,,花園\n".encode(), ["2列目に項目名がありません"]),
        (
            "氏名,住所\n花園　太郎,花園2丁目,12番\n花園　花子\n".encode(),
            ["2行目：項目名の数（2）と記載事項の数（3）", "3行目：項目名の数（2）と記載事項の数（1）"],
        ),
        ('"氏名\n（漢字）",住所\n花園,\n'.encode(), ["1行目の1列目の項目名に、改行"]),
        ('氏名,住所\n花〓　太郎,"花園\n2丁目"\n'.encode(), ["2行目の「氏名」：改行や読めない文字", "2行目の「住所」：改行や読めない文字"]),
    ],
)
def test_読めないものは行と項目を挙げてすべて断る(content: bytes, said: list[str]):
    with pytest.raises(UnreadableFile) as refused:
        read_table(content)
    assert len(refused.value.problems) == len(said) and all(text in problem for text, problem in zip(said, refused.value.problems, strict=True))
