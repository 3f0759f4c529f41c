"""住所. std 1.1.17, 1.3.3, spec/domain.md 1.1.9."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.values.address import PREFECTURES, Address, AddressCode, BadAddressCode, read_postal_code

HANAZONO = Address("北海道", "小樽市", "花園二丁目", "１番１号", "青空荘101号", "0470024", "01203001002")


def test_1行にした住所は方書を空白の後に置く() -> None:
    """住基法7条7号; spec/domain.md 4.2: the 方書 can be left out only where asked."""
    assert HANAZONO.one_line() == "北海道小樽市花園二丁目１番１号　青空荘101号"
    assert HANAZONO.without_building() == "北海道小樽市花園二丁目１番１号"
    assert (HANAZONO.lot_numbers, HANAZONO.room_numbers) == ((1, 1), (101,))


@pytest.mark.parametrize(
    ("line", "city", "town", "lot", "building"),
    [
        ("北海道小樽市花園二丁目1番1号　青空荘101号", "小樽市", "花園二丁目", "1番1号", "青空荘101号"),
        ("小樽市色内1-2-3 コーポ 港 5", "小樽市", "色内", "1-2-3", "コーポ 港 5"),
        ("北海道札幌市北区北十条西五丁目3番地", "札幌市北区", "北十条西五丁目", "3番地", ""),
        ("千葉県市川市市川1丁目2番3号", "市川市", "市川1丁目", "2番3号", ""),
        ("三重県四日市市諏訪町1番5号", "四日市市", "諏訪町", "1番5号", ""),
        ("北海道余市郡余市町黒川町1番地", "余市郡余市町", "黒川町", "1番地", ""),
        ("奈良県高市郡明日香村大字岡55", "高市郡明日香村", "大字岡", "55", ""),
        ("東京都町田市森野2-2-22", "町田市", "森野", "2-2-22", ""),
        ("東京都千代田区丸の内一丁目1番", "千代田区", "丸の内一丁目", "1番", ""),
        ("京都府京都市上京区一番町1", "京都市上京区", "一番町", "1", ""),
        ("福岡県北九州市小倉北区城内1番1号", "北九州市小倉北区", "城内", "1番1号", ""),
        ("北海道小樽市色内番外地", "小樽市", "色内", "番外地", ""),
    ],
)
def test_1行の住所を分ける(line: str, city: str, town: str, lot: str, building: str) -> None:
    """N-1.3.3-13: prefecture, municipality, town, lot."""
    address = Address.parse(line)
    assert (address.city, address.town, address.lot, address.building) == (city, town, lot, building)


@pytest.mark.parametrize("line", ["アメリカ合衆国 California 1-2", "樺太豊原市", "旧花園町三番戸", "不明", "", "朝鮮京城府黄金町 5"])
def test_辞書に無い住所や国外の住所も書いたとおりに持つ(line: str) -> None:
    """N-1.3.3-03; std 1.1.12."""
    assert Address.parse(line).one_line().replace("　", " ") == line


@given(st.sampled_from(["", *PREFECTURES]), st.text(alphabet="小樽市区町村郡花園丁目番地号一二十1２-の ", max_size=20))
def test_分け方によらず1行に戻すと元の文になる(prefecture: str, rest: str) -> None:
    """Kept as given: dividing loses nothing but which space stood before the building."""
    line = (prefecture + rest).strip(" ")
    together = Address.parse(line).one_line()
    assert together.replace("　", "").replace(" ", "") == line.replace(" ", "")
    assert "  " in line or together.replace("　", " ") == line


@pytest.mark.parametrize("written", ["花園2丁目1番1号", "花園二丁目１－１", "花園２－１－１", "花園2-1-1", "花園二丁目1番地1"])
def test_同じ地番は書き方が違っても同じである(written: str) -> None:
    """std 4.1.2.1 (同じ地番の別家屋): the 方書 and the way of writing do not count."""
    assert Address("", "小樽市", "", written, "別の荘").lot_key() == HANAZONO.lot_key()
    assert Address("", "小樽市", "", "花園二丁目1番11号").lot_key() != HANAZONO.lot_key()


@given(st.integers(1, 99), st.integers(1, 99))
def test_漢数字の丁目と番地は算用数字と同じ地番になる(chome: int, lot: int) -> None:
    kanji = "".join(
        (("" if n // 10 == 1 else "〇一二三四五六七八九"[n // 10]) + "十" if n >= 10 else "") + ("〇一二三四五六七八九"[n % 10] if n % 10 else "")
        for n in (chome,)
    )
    one = Address("", "小樽市", f"花園{kanji}丁目", f"{lot}番3号")
    other = Address("", "小樽市", "花園", f"{chome}-{lot}-3")
    assert one.lot_key() == other.lot_key()
    assert one.lot_numbers == (lot, 3)


def test_住所コードは11桁で分けて読める() -> None:
    """N-1.3.3-06, N-1.3.3-09: any value of the last six digits."""
    assert AddressCode.parse("０１２０３００１００２").parts == ("01", "203", "001", "002")
    for wrong in ("0120300100", "012030010022", "0120300100X"):
        with pytest.raises(BadAddressCode, match="11桁"):
            AddressCode.parse(wrong)


def test_都道府県は47でJISの順である() -> None:
    """N-1.3.3-07."""
    assert len(set(PREFECTURES)) == 47
    assert PREFECTURES.index("北海道") == 0
    assert PREFECTURES[12] == "東京都"
    assert PREFECTURES[46] == "沖縄県"


def test_郵便番号は7桁である() -> None:
    """N-1.1.17-01."""
    assert read_postal_code("〒０４７－００２４") == "0470024"
    assert read_postal_code("") == ""
    with pytest.raises(BadAddressCode, match="7桁です。6文字"):
        read_postal_code("047-002")


def test_未届の住所がわかる() -> None:
    """std 4.1.1.4."""
    assert Address.parse("北海道小樽市花園1番地（未届）").is_unregistered
    assert not HANAZONO.is_unregistered
    assert Address().is_blank


def test_検索のキーは全体と方書である() -> None:
    """N-2.1.3-12, N-2.1.3-14."""
    assert HANAZONO.search_keys() == ("北海道小樽市花園2-1-1-青空荘101-", "青空荘101-")
