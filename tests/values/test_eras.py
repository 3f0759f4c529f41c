"""元号 — the master of eras. 標準1.3.6, N-1.1.9-05."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.values import eras
from daicho.values.dates import JapaneseDate, wareki
from daicho.values.eras import Era, Eras


@pytest.fixture
def 試元() -> Iterator[None]:
    """A made-up era from 2030-04-01, as in the acceptance of N-1.3.6-02."""
    before = eras.known()
    eras.install(before.with_era(Era("Z", "試元", "試", date(2030, 4, 1))))
    yield
    eras.install(before)


@pytest.mark.usefixtures("試元")
def test_改元は元号を足すだけで対応できる() -> None:
    """N-1.3.6-02, N-1.1.9-05: shown and entered without a change of the program."""
    assert wareki(date(2030, 4, 2)) == "試元元年4月2日"
    assert wareki(date(2030, 3, 31)) == "令和12年3月31日"
    assert JapaneseDate.parse("試元2年1月1日").certain() == JapaneseDate.parse("Z020101").certain() == date(2031, 1, 1)
    assert JapaneseDate.parse("令和12年4月1日").alerts != ()
    assert JapaneseDate.parse("令和12年 月日不詳").last == date(2030, 3, 31)


def test_前から知る元号は導入先の表のものに従う() -> None:
    """An update that brings the era itself does not stop an installation that wrote it down before."""
    again = eras.built_in().with_those_of(Eras([Era("R", "令和", "令", date(2019, 5, 1))]))
    assert again.all == eras.built_in().all


@pytest.mark.usefixtures("試元")
def test_新しい元号の年や年月でも探せる() -> None:
    """N-1.3.6-02: the search knows what the master knows."""
    for typed in ("試元元年", "Z1", "ｚ１", "試1"):
        keys, problems = read_search(SearchForm(name="ハナ", birth=typed))
        assert not problems and keys.birth is not None and keys.birth.first == date(2030, 4, 1), typed
    asked = read_search(SearchForm(name="ハナ", birth="試元2年3月"))[0].birth
    assert asked is not None and asked.begin == JapaneseDate.parse("試元2年3月 日不詳")


def test_元号を足す前と戻した後は知らない元号() -> None:
    with pytest.raises(ValueError, match="読み取れません"):
        JapaneseDate.parse("試元2年1月1日")
    with pytest.raises(ValueError, match="元号「Z」は登録されていません"):
        JapaneseDate.decode("Z2-01-01")
    assert wareki(date(2030, 4, 2)) == "令和12年4月2日"


def test_重なる元号は登録できない() -> None:
    with pytest.raises(ValueError, match="twice"):
        eras.known().with_era(Era("R", "零和", "零", date(2030, 4, 1)))
    with pytest.raises(ValueError, match="empty"):
        Eras([])


def test_元号の表をファイルから読む(tmp_path: Path) -> None:
    file = tmp_path / "eras.csv"
    file.write_text("code,name,short,reading,first_day,last_day,source\nR,令和,令,れいわ,2019-05-01,,政令\n", encoding="utf-8")
    assert eras.read(file).all == (Era("R", "令和", "令", date(2019, 5, 1)),)


def test_同じ日を両方の元号で書けるのは明治と大正の最後の日だけ() -> None:
    """spec §5.3: 1912-07-30 and 1926-12-25; 昭和 and 平成 ended on the day before."""
    known = eras.known()
    shared = [known.last_day(old) == new.first_day for old, new in zip(known.all, known.all[1:], strict=False)]
    assert shared == [True, True, False, False]
    assert known.on(date(1872, 12, 31)) is None
