"""住所の一括変更 — 抽出, 仮処理, 照合, 本処理: who is renamed, who is named and left, and that nobody has moved. 標準4.2.3.2, 9.7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.city import demo
from daicho.residents.commands import filings, renaming, renaming_work
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, SearchTerm, SheetVersion
from daicho.residents.queries.proof import prove
from daicho.residents.queries.situations import histories
from daicho.residents.rules.events.address_renamed import ADDRESS_RENAMED, RENAMED_ENTRIES
from daicho.residents.rules.fold import as_of
from daicho.residents.rules.problems import CATALOGUE
from daicho.residents.rules.renaming import KINDS
from tests.cast import CLERK, EXAMINER, FAMILY, SATO, TARO, TRAN
from tests.residents.counter import enter, move_out_form, register, relocation_form
from tests.residents.renaming import HANAZONO, JOB, RENAMED, moved_in, prepared, sheet, states, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return moved_in(*FAMILY)


@pytest.fixture
def neighbour():
    return moved_in(SATO, address="花園3丁目1番1号")[0]


def test_仮処理では変わらず本処理で区域内の世帯だけが変わる(family, neighbour):
    """N-9.7-01, -02, -07; N-4.2.3.2-03: 抽出, 仮処理, 本処理; the world outside the area stays."""
    row = prepared()
    assert [state for _, state in states(row)] == ["staged"] * 4
    assert {sheet(p).address for p in family} == {HANAZONO}
    done = worked(row)
    assert {sheet(p).address for p in family} == {RENAMED}
    assert sheet(neighbour).address == "北海道小樽市花園3丁目1番1号"
    assert (row.state, done["件"], done["本処理済み"]) == ("done", 1, 4)
    assert prove().proven, prove().findings


def test_住定日も住所の届出も動かず転居でもない(family):
    """標準4.2.3.2: nobody moved. What the event says is the address and its 町字, and nothing else."""
    before = sheet(family[0]).to_entries()
    worked(prepared(postal_code="047-0099"))
    after = sheet(family[0])
    changed = {name for name, value in after.to_entries().__dict__.items() if value != getattr(before, name)}
    assert changed <= RENAMED_ENTRIES and {"address", "address_postal_code"} <= changed
    version = SheetVersion.objects.filter(person__public_id=family[0]).latest("pk")
    assert set(version.asserts) == {"address", "address_town_code", "address_postal_code"}
    event = version.event
    assert (event.code, event.standard_code, event.basis, event.effect, event.filed_on) == ("address_renamed", "軽微な修正", "職権", "修正", None)
    assert event.effective_on.certain() == date(2026, 4, 9)


def test_町字は新しい住所から住所辞書で決まる(family):
    """N-1.3.3: 町字 by the dictionary of the city; an address outside of it has none."""
    demo.fill()
    worked(prepared(new="色内2丁目"))
    assert sheet(family[0]).address_town_code == "01203010000"
    worked(prepared(old="色内2丁目", new="新色内2丁目"))
    assert sheet(family[0]).address_town_code is None


def test_異動は世帯ごとに一つで二人の職員の名が残る(family, neighbour):
    """design §4: one event for each household, so that it can be cancelled like any other; F-1-02."""
    worked(prepared(old="花園", new="新花園"))
    events = CivilEvent.objects.filter(code="address_renamed")
    assert events.count() == 2
    assert {(e.entered_by, e.examined_by, e.office_code, e.source) for e in events} == {(CLERK.name, EXAMINER.name, CLERK.office_code, "renamings")}


def test_窓口の届出としては選べず実施日の前はもとの住所である(family):
    """It is recorded by the case alone; as of a day before 実施日 the address was the old one (design §4)."""
    assert not ADDRESS_RENAMED.is_offered
    with pytest.raises(CannotDo):
        filings.definition_of(ADDRESS_RENAMED.code)
    worked(prepared())
    [versions] = histories([sheet(family[0]).person.atena_no]).values()
    assert [as_of(versions, date(2026, 4, day)).address for day in (8, 9)] == [HANAZONO, RENAMED]


def test_二つの一括変更が重なれば後のものは除外される(family):
    """N-9.7-09: nobody is renamed twice over."""
    first, second = prepared(), prepared(new="緑花園2丁目")
    worked(first)
    worked(second)
    assert {sheet(p).address for p in family} == {RENAMED}
    assert {(line.state, "変更前の記載が変わりました" in line.why) for line in second.lines.all()} == {("left", True)}


def test_変わるもののない者は変更を要しない(family):
    """Of one household some bear the new 郵便番号 already."""
    worked(prepared(postal_code="0470024"))
    row = prepared(old="新花園2丁目", new="新花園2丁目", postal_code="0470024")
    assert {(line.state, line.why) for line in row.lines.all()} == {("left", CATALOGUE["Q001"].message)}


def test_自分が作成した一括変更は照合できない(family):
    """F-1-02."""
    row = prepared()
    with pytest.raises(CannotDo, match="自分が作成した"):
        renaming.examine(CLERK, row.public_id, renaming.mark(row))


def test_見ていない内容は照合できない(family):
    row = prepared()
    seen = renaming.mark(row)
    renaming.stage_again(CLERK, row.public_id)
    with pytest.raises(CannotDo, match="抽出し直され"):
        renaming.examine(EXAMINER, row.public_id, seen)


def test_実施日の前には本処理されずその日に本処理される(family):
    row = prepared(effective_on="令和8年4月20日")
    assert worked(row)["件"] == 0
    assert row.state == "examined"
    with clock.at(date(2026, 4, 20)):
        renaming_work.work_all(JOB, clock.today())
    row.refresh_from_db()
    assert row.state == "done" and sheet(family[0]).address == RENAMED


def test_似た名の町や番地の範囲の外は変わらない():
    """花園 is not 花園町, 12番 is not 120番, and a range has an end."""
    inside, outside, longer = moved_in(TARO), moved_in(SATO, address="花園2丁目31番1号"), moved_in(TRAN, address="花園2丁目町1番")
    worked(prepared(first_lot="10", last_lot="30"))
    assert sheet(inside[0]).address == RENAMED
    assert sheet(outside[0]).address == "北海道小樽市花園2丁目31番1号"
    assert sheet(longer[0]).address == "北海道小樽市花園2丁目町1番"


def test_建物名の変更では方書だけが変わり別館は変わらない():
    """N-4.2.3.2-06: 建物の名称, and 建物の賃貸人."""
    main = moved_in(TARO, address_building="青空荘101号")[0]
    annex = moved_in(SATO, address_building="青空荘別館101号")[0]
    lodger = moved_in(TRAN, address="色内1丁目3番5号", address_building="小林方")[0]
    worked(prepared(kind="building", old="花園2丁目12番1号", new="", old_building="青空荘", new_building="スカイハイツ"))
    worked(prepared(kind="building", old="色内1丁目3番5号", new="", old_building="小林方", new_building="高橋方"))
    assert (sheet(main).address, sheet(main).address_building) == (HANAZONO, "スカイハイツ101号")
    assert sheet(annex).address_building == "青空荘別館101号"
    assert sheet(lodger).address_building == "高橋方"
    assert set(SheetVersion.objects.filter(person__public_id=main).latest("pk").asserts) == {"address_building"}
    assert set(CivilEvent.objects.filter(code="address_renamed").values_list("standard_code", flat=True)) == {"軽微な修正"}


@pytest.mark.parametrize("kind", [kind.value for kind, _ in KINDS if kind.value not in ("building", "domicile")])
def test_どの種類の変更も軽微な修正として登録できる(family, kind):
    """N-4.2.3.2-03, -04, -05, -07: 行政区画・町字, 地番, 住居表示, そのほか."""
    worked(prepared(kind=kind, old="花園2丁目12番1号", new="花園2丁目15番地3"))
    assert sheet(family[0]).address == "北海道小樽市花園2丁目15番地3"
    assert CivilEvent.objects.get(code="address_renamed").standard_code == "軽微な修正"


def test_仮登録中の世帯は保留され終わっていれば本処理される(family, neighbour):
    """N-4.0.8-04: named with the filing's number and held back."""
    filing = enter("relocation", relocation_form([neighbour], effective_on="令和8年4月9日", filed_on="令和8年4月10日", address="色内1丁目1番"))
    row = prepared(old="花園", new="新花園")
    [held] = row.lines.filter(state="held")
    assert held.person.public_id == neighbour and "届出番号" in held.why
    filings.withdraw(CLERK, filing, "届出人が取り下げた")
    worked(row)
    assert sheet(neighbour).address == "北海道小樽市新花園3丁目1番1号"


def test_本処理のときも仮登録中なら除外され名指しされる(family, neighbour):
    row = prepared(old="花園", new="新花園")
    enter("relocation", relocation_form([neighbour], effective_on="令和8年4月9日", filed_on="令和8年4月10日", address="色内1丁目1番"))
    worked(row)
    [left] = row.lines.filter(state="left")
    assert left.person.public_id == neighbour and "仮登録中" in left.why
    assert sheet(neighbour).address == "北海道小樽市花園3丁目1番1号" and sheet(family[0]).address == RENAMED
    assert row.state == "done"


def test_抽出後に転居した者は上書きされず転出予定者は変わる(family, neighbour):
    """N-9.7-09: who differs from the time of 抽出 is left; who only plans to leave still lives there."""
    row = prepared(old="花園", new="新花園")
    register("relocation", relocation_form([neighbour], effective_on="令和8年4月9日", filed_on="令和8年4月10日", address="色内1丁目1番"))
    register("move_out", move_out_form(family[:1], "令和8年5月1日"))
    worked(row)
    [left] = row.lines.filter(state="left")
    assert left.person.public_id == neighbour and "変更前の記載が変わりました" in left.why
    assert sheet(neighbour).address == "北海道小樽市色内1丁目1番"
    assert sheet(family[0]).address == RENAMED
    assert prove().proven, prove().findings


def test_実施日より後の転居を覆わない():
    """design §4: 遡及; a later event of the same entry is named, and nothing is written."""
    person = moved_in(TARO, address="色内1丁目1番")[0]
    register("relocation", relocation_form([person], effective_on="令和8年4月9日", filed_on="令和8年4月10日", address="花園2丁目12番1号"))
    row = prepared(effective_on="令和8年4月5日")
    worked(row)
    [line] = row.lines.all()
    assert line.state == "left" and "この異動日より後に、同じ項目を変える異動" in line.why


def test_実施日より後に住民となった者は個別に直す():
    moved_in(TARO, effective_on="令和8年4月8日", filed_on="令和8年4月8日")
    row = prepared(effective_on="令和8年4月5日")
    worked(row)
    [line] = row.lines.all()
    assert (line.state, line.why) == ("left", CATALOGUE["Q002"].message)


def test_古い住所は過去の検索語として残る(family):
    """N-2.1.3-27."""
    worked(prepared())
    terms = SearchTerm.objects.filter(person__public_id=family[0], kind="ad")
    assert {(t.is_past) for t in terms if "新花園" not in t.key and "花園" in t.key} == {True}
    assert [t.is_past for t in terms if "新花園" in t.key] == [False]


def test_一つの世帯あたりの文の数は人数にも市の大きさにもよらない(family):
    """design: set-based in blocks; a household costs so many statements, whatever the city."""
    one = statements_of(prepared())
    for number in (1, 2, 3):
        moved_in(replace(SATO, index=30 + number), address=f"花園3丁目{number}番1号")
    three = statements_of(prepared(old="花園3丁目", new="新花園3丁目"))
    assert (one, (three - one) / 2) == (39, 26)
    assert statements_of(prepared(old="新花園2丁目", new="花園2丁目")) == one


def statements_of(row) -> int:
    renaming.examine(EXAMINER, row.public_id, renaming.mark(row))
    numbers = sorted(set(row.lines.values_list("household_no", flat=True)))
    with CaptureQueriesContext(connection) as asked:
        renaming_work.work_block(JOB, row.pk, numbers)
    renaming_work.work_all(JOB, clock.today())
    return len(asked)
