"""年月日の入力 — what a clerk may type, and what the refusal says. 標準1.1.8, 1.1.9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.values.dates import BadDate, JapaneseDate


@pytest.mark.parametrize(
    "text",
    ["令和8年4月1日", "令和８年４月１日", " 令和 8年 4月 1日 ", "令和08年04月01日", "R8.4.1", "r8.4.1", "Ｒ８．４．１", "R8/4/1", "R08-04-01", "R8－4－1",
     "R080401", "Ｒ０８０４０１", "令8.4.1", "令和8.4.1"],
)  # fmt: skip
def test_和暦のいろいろな入れ方(text: str) -> None:
    assert JapaneseDate.parse(text).as_written == "令和8年4月1日"


@pytest.mark.parametrize("text", ["2026-04-01", "2026/4/1", "2026.4.1", "20260401", "2026年4月1日", "２０２６年４月１日"])
def test_西暦のいろいろな入れ方(text: str) -> None:
    assert JapaneseDate.parse(text).as_written == "2026年4月1日"


@pytest.mark.parametrize("text", ["令和元年5月1日", "令和1年5月1日", "R元.5.1", "R1.5.1", "R010501"])
def test_元年は元年と出る(text: str) -> None:
    assert JapaneseDate.parse(text).as_written == "令和元年5月1日"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("令和2年5月日不詳", "令和2年5月 日不詳"),
        ("令和２年　月日不詳", "令和2年 月日不詳"),
        ("令和2年5月ごろ", "令和2年5月頃"),
        ("推定 令和2年5月3日", "推定令和2年5月3日"),
    ],
)
def test_不詳日も幅や空白の違いを受け入れる(text: str, written: str) -> None:
    assert JapaneseDate.parse(text).as_written == written


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "年月日が入力されていません。"),
        ("30年5月1日", "「30年」の元号が入力されていません。「令和」などの元号を付けるか、西暦4桁で入力してください。"),
        ("令和8年13月1日", "13月はありません。月は1月から12月までで入力してください。"),
        ("令和8年0月1日", "月に0は使えません。年月日を確認してください。"),
        ("R080400", "日に0は使えません。年月日を確認してください。"),
        ("令和8年4月32日", "32日はありません。日は1日から31日までで入力してください。"),
        ("令和0年4月1日", "年「0」が正しくありません。"),
        ("R8.4", "「R8.4」は年月日として読み取れません。"),
        ("R8.4-1", "年月日として読み取れません。"),
        ("080401", "年月日として読み取れません。"),
        ("慶応3年1月1日", "年月日として読み取れません。"),
        ("令和8年5月3日から4月2日頃までの間", "終わりの日が始めの日より前です。年をまたぐときは終わりの日にも年を入力してください。"),
        ("令和8年5月7日頃から3日頃までの間", "終わりの日が始めの日より前です。"),
        ("令和8年閏4月1日", "閏月は明治5年12月2日以前（旧暦）の年月日だけに使えます。"),
        ("明治3年10月31日", "明治5年12月2日以前は旧暦のため、日は30日までで入力してください。"),
        ("9999年1月1日", "年「9999」が正しくありません。"),
    ],
)
def test_読めない年月日は何が悪くどうするかを言う(text: str, message: str) -> None:
    with pytest.raises(BadDate) as refused:
        JapaneseDate.parse(text)
    assert message in str(refused.value)
    assert str(refused.value).endswith("ください。")


@given(st.text(alphabet="明治大正昭和平成令和元年月日不詳推定頃春上旬から間閏RSH0123456789.-/ ０１９", max_size=20))
def test_何を入れても読めるか断るかのどちらか(text: str) -> None:
    """No other error escapes, and what is read can be read again."""
    try:
        written = JapaneseDate.parse(text)
    except BadDate:
        return
    assert JapaneseDate.parse(written.as_written) == written == JapaneseDate.decode(written.encode())
    assert written.first <= written.last
