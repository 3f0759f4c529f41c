"""個人番号を利用できる事務 — a dated list, each entry by two officers, never overwritten. 番号法第9条第1項 別表; S4-06, F-1-06; H-16, H-17."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from daicho import audit, clock
from daicho.atena.commands import UseProblem, approve_use, enter_use, load_uses
from daicho.atena.models import LegalUseEntry
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.legal_uses import affair_names, find_use, list_uses
from daicho.atena.rules.legal_use import LegalUse, periods, use_on
from tests.atena.departments import FIRST, SECOND, kept_of, use

pytestmark = pytest.mark.django_db
TRANSFERS = Path(__file__).parents[2].parent / "shared" / "spec" / "transfers.csv"
CITY = Path(__file__).parents[2] / "daicho" / "city" / "data" / "012033" / "legal_uses.csv"
READER = replace(FIRST, grants=frozenset({AtenaPermission.LEGAL_USE_READ.value}))


def entry(number: int, day: int, allowed: bool = True, affair: str = "0401") -> LegalUse:
    return LegalUse(number, "04", "保険年金課", affair, "国民健康保険", "番号法第9条第1項 別表", date(2026, 4, day), allowed)


def test_その日より前に始まった新しい登録が効き_終わりの登録の日から使えない():
    entries = [entry(1, 1), entry(2, 10, allowed=False), entry(3, 20)]
    assert [use_on(entries, date(2026, 4, day)) for day in (9, 10, 19)] == [entries[0], None, None]
    assert use_on(entries, date(2026, 3, 31)) is None
    assert use_on(entries, date(2026, 4, 20)) == entries[2]


def test_同じ日の登録は後のものが効く():
    assert use_on([entry(1, 1), entry(2, 1, allowed=False)], date(2026, 4, 2)) is None
    assert periods([entry(1, 1), entry(2, 1, allowed=False)]) == []


def test_期間は次の登録の前日で終わる():
    entries = [entry(1, 1), entry(2, 10, allowed=False), entry(3, 20), entry(4, 5, affair="0402")]
    assert [(p.use.id, p.last_day) for p in periods(entries)] == [(1, date(2026, 4, 9)), (3, None), (4, None)]


def test_承認されていない登録は事務の呼び名も変えない():
    """S4-06: what one officer alone has entered is read nowhere but in the list of what waits."""
    approve_use(SECOND, enter_use(FIRST, use(valid_from=clock.today())))
    enter_use(FIRST, use(valid_from=clock.today(), affair_ja="別の事務"))
    assert affair_names() == {"0401": "国民健康保険関係事務"}


def test_入力した職員は承認できず別の職員の承認で効く():
    """S4-06: two officers."""
    number = enter_use(FIRST, use(valid_from=date(2026, 4, 10)))
    assert find_use("04", "0401", date(2026, 4, 10)) is None
    with pytest.raises(UseProblem, match="別の職員"):
        approve_use(FIRST, number)
    approve_use(SECOND, number)
    assert find_use("04", "0401", date(2026, 4, 10)).affair_ja == "国民健康保険関係事務"
    assert find_use("04", "0401", date(2026, 4, 9)) is None
    with pytest.raises(UseProblem, match="承認待ちではありません"):
        approve_use(SECOND, number)
    assert [(e["login"], e["detail"]["affair_code"]) for action in ("legal_use:enter", "legal_use:approve") for e in kept_of(f"atena:{action}")] == [
        ("system:tests.first", "0401"),
        ("system:tests.second", "0401"),
    ]


def test_データベースも一人での承認を許さない():
    number = enter_use(FIRST, use(valid_from=date(2026, 4, 10)))
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalUseEntry.objects.filter(pk=number).update(approved_by="system:tests.first", approved_at=clock.now())


def test_過ぎた日には入力も承認もできない():
    """What was refused or answered on a day stays right."""
    with pytest.raises(UseProblem, match="開始日が過ぎています"):
        enter_use(FIRST, use(valid_from=date(2026, 4, 2)))
    number = enter_use(FIRST, use(valid_from=date(2026, 4, 3)))
    with clock.at(date(2026, 4, 4)), pytest.raises(UseProblem, match="開始日が過ぎています"):
        approve_use(SECOND, number)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"department_code": "４"}, "department_code"),
        ({"affair_code": ""}, "affair_code"),
        ({"affair_code": "0000"}, "affair_code"),
        ({"legal_basis": " "}, "legal_basis"),
        ({"reason": ""}, "reason"),
        ({"affair_ja": "事" * 201}, "affair_ja"),
    ],
)
def test_足りない項目は項目とともに断る(changes, field):
    with pytest.raises(UseProblem) as problem:
        enter_use(FIRST, use(valid_from=date(2026, 4, 10), **changes))
    assert (problem.value.field, LegalUseEntry.objects.count()) == (field, 0)


@pytest.mark.parametrize("act", [lambda actor: enter_use(actor, use(valid_from=date(2026, 4, 10))), lambda actor: approve_use(actor, 1), list_uses])
def test_権限がなければ入力も承認も閲覧もできない(act):
    with pytest.raises(audit.Refused):
        act(replace(FIRST, grants=frozenset()))


def test_初期登録は空の一覧にだけ二人の名で入る():
    assert load_uses(FIRST, SECOND, [use(valid_from=date(2016, 1, 1))]) == 1
    assert find_use("04", "0401", date(2016, 1, 1)) is not None
    with pytest.raises(UseProblem, match="登録済み"):
        load_uses(FIRST, SECOND, [use()])
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalUseEntry.objects.all().update(approved_by="system:tests.first")


def test_一覧は期間と二人の名と承認待ちを示す():
    load_uses(FIRST, SECOND, [use()])
    enter_use(FIRST, use(allowed=False, valid_from=date(2026, 4, 10), reason="移管"))
    shown = list_uses(READER)
    assert [(a.period.use.affair_code, a.period.last_day, a.entered_by, a.approved_by) for a in shown.approved] == [
        ("0401", None, "system:tests.first", "system:tests.second")
    ]
    assert [(w.use.allowed, w.use.valid_from, w.reason) for w in shown.waiting] == [(False, date(2026, 4, 10), "移管")]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.skipif(not TRANSFERS.is_file(), reason="the assessment's list is not beside this checkout")
def test_市の一覧は評価書の移転先と事務のとおりである():
    """評価書Ⅱ(1)5: 15 departments and their affairs, by 番号法9条1項 別表."""
    ours = rows(CITY)
    theirs = rows(TRANSFERS)
    assert [(row["department_ja"], row["affair_ja"], row["legal_basis"]) for row in ours] == [
        (row["department_ja"], row["purpose_ja"], row["legal_basis"]) for row in theirs
    ]
    assert len({row["department_code"] for row in ours}) == 15


def test_市の一覧のコードは庁内連携と同じである():
    """One department and one affair are called by one code, whichever room they ask."""
    grants = [row for row in rows(CITY.parents[3] / "transfers" / "data" / "offered_grants.csv") if row["direction"] == "read"]
    assert [(row["department_code"], row["affair_code"], row["affair_ja"]) for row in rows(CITY)] == [
        (row["department_code"], row["purpose_code"], row["purpose_ja"]) for row in grants
    ]
