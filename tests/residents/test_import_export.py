"""取込みと書出し — each of the 132 items goes in and comes out, a whole history comes back the same, bad files leave nothing. C-05, C-07; F-1-17."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daicho import audit, clock, vault
from daicho.audit.models import AuditEntry
from daicho.residents.commands.importing import import_register
from daicho.residents.models import Annulment, CivilEvent, ExportedFile, Household, Person, SearchTerm, SheetCurrent, ToldIdentity
from daicho.residents.permissions import Permission
from daicho.residents.queries.exporting import What, export_register
from daicho.residents.queries.proof import prove
from daicho.residents.rules.birth import BIRTH_DATES
from daicho.residents.rules.register_layout import items
from daicho.values.made_up import (
    made_up_basic_pension_no,
    made_up_individual_number,
    made_up_juminhyo_code,
    made_up_residence_card_no,
    made_up_sign_certificate_serial,
    made_up_user_certificate_serial,
)
from tests.cast import FAMILY, STRANGER, officer
from tests.residents import counter
from tests.residents.register_files import OPERATOR, Cells, come_out, foreigner, person, take_in, write

pytestmark = pytest.mark.django_db

_TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1, max_size=20).filter(str.strip)
_KANA = st.text("アイウエオカガキギッャー　", min_size=1, max_size=12).filter(str.strip)
_DAYS = st.dates(date(1873, 1, 1), date(2026, 3, 31))
_BY_TYPE = {
    "string": _TEXT, "text": _TEXT, "kana": _KANA, "date": _DAYS.map(lambda d: d.strftime("%Y%m%d")), "flag": st.sampled_from("01"),
    "uncertain_date": st.sampled_from(("S55-03-09", "H25-02-29", "1985-03-09", "season:S20/spring", "month_only:T9-03", "unknown:", "presumed_day:S20-08-15", "M5-11-15")),
    "int": st.integers(0, 99).map(str), "digits": st.from_regex(r"[1-9][0-9]{0,9}", fullmatch=True),
    "group": st.dictionaries(_TEXT, st.one_of(_TEXT, st.integers(-9, 9), st.booleans()), max_size=3).map(lambda g: json.dumps(g, ensure_ascii=False, sort_keys=True, separators=(",", ":"))),
}  # fmt: skip
_BY_ITEM = {
    "relationship_code": st.sampled_from(("世帯主", "子の妻", "妻（未届）", "夫の父の兄", "同居人")), "sex_code": st.sampled_from("12"), "article_30_45_class_code": st.sampled_from("123456"),
    "juminhyo_code": st.integers(0, 9999).map(lambda n: str(made_up_juminhyo_code(n))), "individual_number": st.integers(0, 9999).map(lambda n: str(made_up_individual_number(n))),
    "residence_card_no": st.integers(0, 9999).map(lambda n: str(made_up_residence_card_no(n))), "basic_pension_number": st.integers(0, 9999).map(lambda n: str(made_up_basic_pension_no(n))),
    "user_certificate_serial": st.integers(0, 9999).map(lambda n: str(made_up_user_certificate_serial(n))),
    "sign_certificate_serial": st.integers(0, 9999).map(lambda n: str(made_up_sign_certificate_serial(n))),
    "resident_kind": st.sampled_from("12"), "event_cause_code": st.sampled_from(("届出", "職権", "通知", "請求", "申出")), "event_class_code": st.sampled_from(("記載", "修正", "消除", "回復")),
    "opened_on": st.just("20080401"), "closed_on": st.dates(date(2008, 4, 2), date(2026, 4, 9)).map(lambda d: d.strftime("%Y%m%d")),
    "event_group": st.uuids().map(str), "value_sources": st.just('{"nhi_qualified_flag":"保険年金課"}'), "address_postal_code": st.just("0470024"), "atena_no": st.just("40000007"),
    "notification_record": st.just('{"entered_by":"移行","examined_by":"","filer":"本人","office_code":"honcho","terminal":"H01"}'),
}  # fmt: skip
ROUND_TRIP = [
    i
    for i in items().values()
    if not i.is_computed
    and i.lives_in in ("entry", "event")
    and i.identifier not in ("event_corrects", "event_cancels", "event_asserted", "event_history_changed_item")
]


def _values(identifier: str) -> st.SearchStrategy[str]:
    item = items()[identifier]
    if identifier in BIRTH_DATES:  # of a Japanese: in 和暦 (test_import_births.py)
        return _BY_TYPE["uncertain_date"].filter(lambda code: code != "1985-03-09")
    if identifier in _BY_ITEM:
        return _BY_ITEM[identifier]
    if item.type == "code":
        return _TEXT.map(lambda text: text[: item.max_length or 8].strip() or "1")
    if item.type == "digits" and item.max_length:
        return st.from_regex(rf"[0-9]{{{item.max_length}}}", fullmatch=True)
    return _BY_TYPE[item.type]


def drawn(values: st.SearchStrategy[str]) -> list[str]:
    """Three of these values, the simplest first; fewer where there are fewer."""
    found: list[str] = []

    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(values)
    def draw(value: str) -> None:
        found.append(value)

    draw()
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("item", ROUND_TRIP, ids=lambda i: f"{i.no}-{i.identifier}")
def test_どの項目も入れた値がそのまま出る(item, tmp_path):
    """C-07, and each entry is in the as-of too (step 3): closed sheets, since an open one may not hold everything. Each value in a row of its own, one file for all."""
    values = drawn(_values(item.identifier))
    closed = {"closed_on": "20260401"} if item.identifier != "closed_on" else {}
    take_in(tmp_path, *(person(no, **{**closed, item.identifier: value}) for no, value in enumerate(values, 7)))
    rows, as_of = come_out(), come_out(What(history=False, day=date(2008, 4, 1), numbers=True))
    assert [row[item.identifier] for row in rows] == values
    if item.lives_in == "entry" and item.identifier != "householder_name":
        assert [row[item.identifier] for row in as_of] == values
    if item.identifier.startswith("event_"):
        for row in rows:
            assert [row[f"event_history_{n}"] for n in ("event_date", "notified_date", "reason_code", "entry_kind_code")] == [
                row[n] for n in ("event_date", "event_notified_date", "event_reason_code", "event_class_code")
            ]


def test_百三十二項目のすべてに出どころがある():
    """Every item is tried above, numbered by the system, or computed; none is left."""
    tried = {i.identifier for i in ROUND_TRIP}
    system = {i.identifier for i in items().values() if i.lives_in == "system"}
    others = {"event_corrects", "event_cancels", "event_asserted", "event_history_changed_item"}
    assert set(items()) == tried | system | others | {i.identifier for i in items().values() if i.is_computed}


def test_計算する項目は尋ねた日で出る(tmp_path):
    """C-05: 4, 7, 120–127 as of the day, 128 from the history, 54, 55, 73 counted, 77 what changed."""
    wife = person(8, name_kanji="花園　花子", relationship_code="妻", household_no="0000000070", order_in_household="2", sex_code="2", birth_date="S57-07-01")
    moved = {
        **person(7),
        "address": "北海道小樽市色内1丁目1番1号",
        "recorded_at": "2020-05-01T09:00:00+09:00",
        "event_date": "R2-05-01",
        "event_history_changed_item": "address",
    }
    take_in(tmp_path, person(7), moved, {**wife, "opened_on": "20100101", "became_resident_date": "H22-01-01"})
    before, after = (come_out(What(history=False, day=day)) for day in (date(2009, 3, 8), date(2020, 5, 1)))
    assert [(r["age"], r["householder_name"], r["member_name"]) for r in before] == [("28", "花園　太郎", '["花園　太郎"]')]
    assert [r["age"] for r in after] == ["40", "37"]
    assert after[1]["member_name"] == '["花園　太郎","花園　花子"]'
    assert after[1]["member_age"] == "[40,37]"
    assert json.loads(after[1]["member_address"]) == ["北海道小樽市色内1丁目1番1号", "北海道小樽市花園2丁目12番1号"]
    assert [r["member_status_code"] for r in after] == ['["resident","resident"]'] * 2
    assert json.loads(after[0]["juminhyo_history"])[0]["address"] == "北海道小樽市花園2丁目12番1号"
    history = come_out()
    assert [(r["atena_history_no"], r["juminhyo_history_no"], r["event_history_juminhyo_history_no"], r["event_history_changed_item"]) for r in history[:2]] == [
        ("1", "1", "1", ""), ("2", "2", "2", "address"),
    ]  # fmt: skip


def comes_back_the_same(fill: Callable[[], object], folder: Path) -> list[Cells]:
    """Fill the register, write it out, forget it all, take the file in: what comes out must be what went out."""
    forget = transaction.savepoint()
    fill()
    first = come_out()
    file = write(folder, first, "again.csv")
    transaction.savepoint_rollback(forget)
    assert not Person.objects.exists()
    import_register(OPERATOR, file, processes=0)
    assert come_out() == first
    assert prove().findings == []
    return first


def test_窓口で入れたものも書き出して取り込み直せば同じになる(tmp_path):
    """Two events of a family, through two officers, with what item 129 tells of the filing."""

    def fill() -> None:
        people = counter.register("domestic_move_in", counter.move_in_form(FAMILY))
        with clock.at(date(2026, 5, 2)):
            counter.register("relocation", counter.relocation_form([w.person.public_id for w in people]))

    with clock.at(date(2026, 5, 2)):
        rows = comes_back_the_same(fill, tmp_path)
    assert len(rows) == 2 * len(FAMILY)
    assert len({r["event_group"] for r in rows}) == 2
    told = json.loads(rows[0]["notification_record"])
    assert (told["entered_by"], told["examined_by"], told["identity_check"]) == ("小林　窓子", "高橋　照合", "one_document")
    assert rows[0]["event_notice_class_code"].split()[:2] == ["identity_info", "move_in_notice"]


def test_遡った異動と取消しと再転入も往復する(tmp_path):
    """The fold of what comes back is the fold of what went in."""
    rows = comes_back_the_same(lambda: take_in(tmp_path, *_a_life()), tmp_path)
    assert [r["spell_no"] for r in rows] == ["1"] * 6 + ["2"]
    assert rows[3]["annulled_by"] == rows[4]["event_group"] == rows[4]["event_group"]
    assert rows[4]["event_cancels"] == rows[3]["event_group"]
    assert Annulment.objects.count() == 1
    before, after = (come_out(What(history=False, day=date(2012, day_month, 1)))[0]["address"] for day_month in (4, 6))
    assert (before, after) == ("北海道小樽市花園2丁目12番1号", "北海道小樽市色内1丁目1番1号")
    assert come_out(What(history=False, day=date(2016, 1, 1))) == []


def _a_life() -> list[Cells]:
    """Moved in 2008; 振り仮名 2013; a move of 2012 told after it; a wrong move, cancelled; gone 2015; back 2018."""
    base = person(7)

    def then(before: Cells, day: str, effective: str, changed: str, **cells: str) -> Cells:
        return {**before, "recorded_at": f"{day}T09:00:00+09:00", "event_date": effective, "event_history_changed_item": changed, **cells}

    kana = then(base, "2013-01-10", "H25-01-10", "name_kana", name_kana="ハナソノ　タロウ")
    late = then(kana, "2013-03-01", "H24-05-01", "address", address="北海道小樽市色内1丁目1番1号")
    wrong = then(late, "2014-03-01", "H26-02-01", "address", address="北海道小樽市手宮1丁目1番1号", event_group="wrong")
    wrong |= {"annulled_at": "2014-03-05T09:00:00+09:00", "annulled_by": "cancel"}
    cancel = then(late, "2014-03-05", "H26-03-05", "", event_asserted="{}", event_group="cancel", event_cancels="wrong")
    left = then(late, "2015-03-25", "H27-04-01", "closed_on removal_reason_code", closed_on="20150401", removal_reason_code="move_out")
    back = then(base, "2018-04-02", "H30-04-01", "", juminhyo_no="2000", opened_on="20180401", became_resident_date="H30-04-01")
    return [base, kana, late, wrong, cancel, left, back]


def test_取り込んだ人は検索も次の異動も番号もできる(tmp_path):
    """Numbers in the vault, series above what came, 更新順番号 1, terms, the source kept; N-1.1.13-06: the old number goes on."""
    done = take_in(tmp_path, person(7, atena_no="40000007"), foreigner(8, household_no="0000000080"))
    assert (done.persons, done.versions, done.events, done.households) == (2, 2, 2, 2)
    assert list(Person.objects.order_by("atena_no").values_list("atena_no", flat=True)) == ["0000000008", "40000007"]
    row = SheetCurrent.objects.get(person__atena_no="40000007")
    assert vault.reveal(row.juminhyo_code, because="試験") == str(made_up_juminhyo_code(7))
    assert set(CivilEvent.objects.values_list("code", flat=True)) == {"import"}
    assert CivilEvent.objects.first().source == f"import:resident_register@{done.digest[:16]}"
    assert list(ToldIdentity.objects.values_list("update_sequence_no", flat=True)) == [1, 1]
    assert SearchTerm.objects.filter(key="ハナソノタロオ", is_past=False).exists()
    moved = counter.relocation_form([row.person.public_id], effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    assert counter.register("relocation", moved)[0].person.atena_no == "40000007"
    moved_in = counter.register("domestic_move_in", counter.move_in_form(FAMILY))
    assert min(int(w.person.atena_no[:-1]) for w in moved_in) > 0
    assert Household.objects.count() == 3
    assert prove().proven


def test_書出しは権限と目的が要り閲覧として記録され資料として登録される(tmp_path):
    """F-1-17, F-2-13: no file without owner, digest, purpose, register entry and expiry; numbers need a right of their own."""
    take_in(tmp_path, person(7))
    file = tmp_path / "out.csv"
    made = export_register(OPERATOR, file, What(), purpose="他市への移行の試験", keep_days=10)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made.digest == ExportedFile.objects.get().digest
    assert (made.owner, made.rows, made.holds_numbers, made.expires_on) == ("officer9", 1, False, date(2026, 4, 20))
    assert file.stat().st_mode & 0o077 == 0
    assert str(made_up_juminhyo_code(7)) not in file.read_text("utf-8")
    begun, entry = AuditEntry.objects.filter(action=Permission.REGISTER_EXPORT).order_by("id")
    assert (begun.detail["step"], begun.detail["scope"], begun.detail["numbers"], entry.detail["step"]) == ("begin", "住民記録の全員", False, "end")
    assert begun.detail["os_user"] == entry.detail["os_user"] == getpass.getuser()
    assert (entry.outcome, entry.purpose, entry.detail["rows"], entry.detail["digest"]) == ("done", "他市への移行の試験", 1, made.digest)
    with pytest.raises(FileExistsError):
        export_register(OPERATOR, file, What(), purpose="もう一度")


def test_権限のない職員と番号の権限のない職員は書き出せない(tmp_path):
    """F-1-17."""
    only_export = officer(4, "書出　だけ", frozenset({Permission.REGISTER_EXPORT.value}))
    for actor, what in ((STRANGER, What()), (only_export, What(numbers=True))):
        with pytest.raises(audit.Refused):
            export_register(actor, tmp_path / "out.csv", what, purpose="試験")
    with pytest.raises(audit.Refused):
        import_register(STRANGER, write(tmp_path, [person(7)]), processes=0)
    assert list(tmp_path.glob("*out.csv*")) == []
    with pytest.raises(ValueError, match="purpose"):
        export_register(OPERATOR, tmp_path / "out.csv", What(), purpose=" ")
