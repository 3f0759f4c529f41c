"""番号 — what a number is and what its refusals say. spec/domain.md 5.1, std 1.1.13."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import in_ as stdnum_individual_number

from daicho.values.check_digits import RemainderOne, UnusableSerial, modulus_11_remainder
from daicho.values.numbers import (
    AtenaNo,
    BadNumber,
    BasicPensionNo,
    HouseholdNo,
    IndividualNumber,
    JuminhyoCode,
    MunicipalityCode,
    ResidenceCardNo,
)

KINDS = (IndividualNumber, JuminhyoCode, MunicipalityCode, AtenaNo, HouseholdNo, ResidenceCardNo, BasicPensionNo)
FULL_WIDTH = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ－")


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="0123456789", min_size=length, max_size=length)


@given(digits(12))
def test_個人番号は独立の検査と同じ判定になる(text: str) -> None:
    """番号法施行令8条: python-stdnum judges alike."""
    assert IndividualNumber.is_valid(text) == stdnum_individual_number.is_valid(text)


@given(digits(11))
def test_個人番号の検査用数字は独立の計算と一致する(body: str) -> None:
    """番号法施行令8条, 総務省令85号5条."""
    assert IndividualNumber.from_body(body) == body + stdnum_individual_number.calc_check_digit(body)


@pytest.mark.parametrize("number", ["983205673214", "379474484458", "621498320257"])
def test_個人番号の公開された例(number: str) -> None:
    """spec/domain.md 5.1."""
    assert IndividualNumber.parse(number) == number


@pytest.mark.parametrize("code", ["24727059608", "12345678903"])
def test_住民票コードの例(code: str) -> None:
    """住基法施行規則1条; spec/domain.md 5.1: one public sample and one computed by hand."""
    assert JuminhyoCode.parse(code) == code


@pytest.mark.parametrize("code", ["012033", "131016", "011002"])
def test_全国地方公共団体コードの知られた値(code: str) -> None:
    """JIS X 0402 (N-1.3.3-08): 小樽市, 千代田区, 札幌市."""
    assert MunicipalityCode.parse(code) == code
    assert MunicipalityCode.from_five(code[:5]) == code
    assert MunicipalityCode.parse(code).prefecture_code == code[:2]


def test_団体コードの余り0は1で余り1は0() -> None:
    """spec/domain.md 5.1: where it differs from 個人番号."""
    by_remainder = {modulus_11_remainder(f"{n:05}"): MunicipalityCode.from_five(f"{n:05}")[-1] for n in range(1000)}
    assert by_remainder == {0: "1", 1: "0", **{r: str(11 - r) for r in range(2, 11)}}


def test_宛名番号の付番の例() -> None:
    """N-1.1.13-04 (123457 → 1234579) and N-1.1.13-05 (123456 → 1234560)."""
    assert AtenaNo.from_serial(123457, 7) == "1234579"
    assert HouseholdNo.from_serial(123456, 7) == "1234560"
    assert not AtenaNo.is_valid("1234578")


def test_宛名番号の本体は連番でありその桁数は設定による() -> None:
    """N-1.1.13-03."""
    given = [AtenaNo.from_serial(n, 10) for n in range(41, 45)]
    assert [n.serial for n in given] == [41, 42, 43, 44]
    assert all(len(n) == 10 and n.follows_rule for n in given)


def test_余り1は設定により0とするか欠番とする() -> None:
    """spec/domain.md 13: the standard is silent about remainder 1."""
    serial = next(n for n in range(1, 100) if modulus_11_remainder(f"{n:06}") == 1)
    assert AtenaNo.from_serial(serial, 7)[-1] == "0"
    with pytest.raises(UnusableSerial):
        AtenaNo.from_serial(serial, 7, RemainderOne.SKIP)
    assert AtenaNo.from_serial(serial + 1, 7, RemainderOne.SKIP).serial == serial + 1


def test_規則に合わない移行済みの番号は受け入れる() -> None:
    """N-1.1.13-06."""
    old = AtenaNo.existing("１２３４５７８")
    assert old == "1234578"
    assert not old.follows_rule
    with pytest.raises(BadNumber):
        AtenaNo.parse("1234578")


@given(st.integers(1, 10**13), st.integers(2, 15))
def test_付番した番号はそのまま読めて桁に収まらない連番は断る(serial: int, width: int) -> None:
    """N-1.1.13-03, N-1.1.13-04."""
    if len(str(serial)) > width - 1:
        with pytest.raises(BadNumber):
            AtenaNo.from_serial(serial, width)
    else:
        number = AtenaNo.from_serial(serial, width)
        assert AtenaNo.parse(number) == number
        assert number.serial == serial


@given(digits(11), st.integers(0, 11), st.integers(1, 9))
def test_1桁の書き間違いは必ず見つかる(body: str, place: int, step: int) -> None:
    """番号法施行令8条. Weights below 11 find each single slip, but for the two remainders that share digit 0."""
    good = IndividualNumber.from_body(body)
    slip = str((int(good[place]) + step) % 10)
    bad = good[:place] + slip + good[place + 1 :]
    shares_zero = good[-1] == bad[-1] == "0" and modulus_11_remainder(bad[:-1]) <= 1
    assert IndividualNumber.is_valid(bad) == shares_zero


@given(digits(11))
def test_全角や区切りで書かれても同じ番号になる(body: str) -> None:
    """N-2.1.3-18: entered in any width."""
    number = IndividualNumber.from_body(body)
    grouped = f" {number[:4]}-{number[4:8]}　{number[8:]} "
    assert IndividualNumber.parse(grouped) == number
    assert IndividualNumber.parse(grouped.translate(FULL_WIDTH)) == number


@pytest.mark.parametrize(
    ("kind", "text", "fault", "says"),
    [
        (IndividualNumber, "", "empty", "個人番号が入力されていません"),
        (IndividualNumber, "98320567321X", "characters", "数字以外の文字"),
        (IndividualNumber, "98320567321", "length", "12桁です。11桁が入力されています"),
        (IndividualNumber, "983205673215", "check_digit", "検査用数字（最後の1桁）が合いません"),
        (JuminhyoCode, "247270596081", "length", "11桁です。12桁が"),
        (JuminhyoCode, "24727059607", "check_digit", "住民票コードの検査用数字"),
        (MunicipalityCode, "01203", "length", "6桁です。5桁が"),
        (MunicipalityCode, "012034", "check_digit", "検査用数字"),
        (AtenaNo, "1", "length", "2桁以上15桁以内"),
        (HouseholdNo, "1234578", "check_digit", "世帯番号の検査用数字"),
        (ResidenceCardNo, "AB1234567CD", "length", "12文字です。11文字が"),
        (ResidenceCardNo, "AB12345678C9", "characters", "英字と数字の並びが違います"),
        (ResidenceCardNo, "AB12345678Cあ", "characters", "英字と数字以外"),
        (BasicPensionNo, "1234-56789", "length", "10桁です。9桁が"),
    ],
)
def test_断るときは何が誤りかを言う(kind: type[IndividualNumber], text: str, fault: str, says: str) -> None:
    """Issue 2, step 2: refusals that say what is wrong (length, characters, check digit); spec/domain.md 11 (E)."""
    with pytest.raises(BadNumber) as refusal:
        kind.parse(text)
    assert refusal.value.fault == fault
    assert says in str(refusal.value)
    assert str(refusal.value).endswith("。")


@given(st.sampled_from(KINDS), st.text(alphabet="0123456789ABXYZ-あ", min_size=3, max_size=16))
def test_断りの文に番号そのものは出ない(kind: type[IndividualNumber], text: str) -> None:
    """番号法12条 (安全管理): the message may be logged, so no three characters of the number stand in it."""
    said = ""
    try:
        kind.parse(text)
    except BadNumber as refusal:
        said = f"{refusal} {refusal!r}"
    quoted = [text[i : i + 3] for i in range(len(text) - 2)]
    assert kind.is_valid(text) == (said == "")
    assert not any(part in said for part in quoted)


@pytest.mark.parametrize("number", [IndividualNumber.parse("983205673214"), JuminhyoCode.parse("24727059608"), ResidenceCardNo.parse("AB12345678CD")])
def test_保護する番号はreprに出ず表示は伏せられる(number: IndividualNumber) -> None:
    """Design 6: numbers are masked by default, also in tracebacks."""
    assert str(number) not in repr(number)
    assert str(number) not in repr([number])
    assert number.masked == "*" * len(number)


def test_在留カード等の番号は小文字や全角でも読み旧形式は履歴だけで読む() -> None:
    """N-2.1.3-20; spec/domain.md 5.1: the old form stays in history."""
    assert ResidenceCardNo.parse("ａｂ12345678cd") == "AB12345678CD"
    assert ResidenceCardNo.historic("B12345678").is_historic_form
    assert not ResidenceCardNo.historic("AB12345678CD").is_historic_form
    assert not ResidenceCardNo.is_valid("B12345678")
    with pytest.raises(BadNumber, match="旧形式"):
        ResidenceCardNo.historic("ABC1")


def test_基礎年金番号は4桁と6桁の間のハイフンを許す() -> None:
    """国民年金法14条; spec/domain.md 5.1: no public check digit."""
    assert BasicPensionNo.parse("1234－567890") == "1234567890"
    assert BasicPensionNo.parse("1234567890").hyphenated == "1234-567890"
